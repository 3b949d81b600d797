import { valueAt } from '../../toml/value-at.ts'
import { breachAt } from '../breaches/breach-at.ts'
import { foundInMatrix } from '../breaches/in-matrix.ts'
import type { Rule } from '../rule.ts'

/** A proxy that user 1000 cannot connect with build steps. */
export const ROOTLESS_PROXY: Rule = {
  id: 'BK318',
  severity: 'error',
  what: '`proxyNetwork` does not work in a rootless builder.',
  why: "For each build step BuildKit makes two networks and a cable between them, which RootlessKit's user namespace may not do in a Pod's network. The builder becomes ready; each RUN fails that has a network.",
  source: 'buildkit v0.34.2, util/network/proxyprovider/provider_linux.go, newNS; docs/proxy.md',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
  buildkitdToml: |
    proxyNetwork = true
`,
    right: `kind: BuildkitTemplate
spec:
  hostUsers: false
  buildkitdToml: |
    proxyNetwork = true
`,
  },
  of: 'template',
  needs: 'settings',
  find: foundInMatrix('BK318', ({ template: { settings }, row }) => {
    const value = valueAt(settings, ['proxyNetwork'])
    const message = `\`proxyNetwork\` must be left out with \`rootless: true\`, got true: ${row.shows}; remove it, or use \`hostUsers: false\` for \`rootless\``
    return value ? [breachAt(value, message)] : []
  }),
}
