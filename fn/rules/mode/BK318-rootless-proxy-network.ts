import { valueAt } from '../../toml/values-at.ts'
import { breachAt } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: ROOTLESS, command: ['none', 'buildkitd', 'buildkitd-entrypoint'], proxy: ['proxyNetwork = true'] },
    shows: 'each RUN fails with operation not permitted',
  },
]

/** A proxy that user 1000 cannot connect with build steps. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`proxyNetwork` does not work in a rootless builder.',
    why: "For each build step, BuildKit creates two networks and a link between them, which RootlessKit's user namespace cannot do in the network of a Pod. The builder becomes ready, but each RUN step with a network fails.",
    source: 'buildkit v0.34.2, util/network/proxyprovider/provider_linux.go, newNS; docs/proxy.md',
    example: {
      wrong: templateOf({ rootless: true, buildkitdToml: 'proxyNetwork = true\n' }),
      right: templateOf({ hostUsers: false, buildkitdToml: 'proxyNetwork = true\n' }),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template: { settings }, row }) => {
    const value = valueAt(settings, ['proxyNetwork'])
    const message = `\`proxyNetwork\` must be left out with \`rootless: true\`, got true; ${row.shows}; remove it, or use \`hostUsers: false\` instead of \`rootless\``
    return value ? [breachAt(value, message)] : []
  }),
}
