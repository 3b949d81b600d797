import { isReadBy } from '../../upstream/buildkit/later-keys.ts'
import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { ROOTLESS, type Row, USER_NAMESPACE } from '../facts/situation.ts'
import { cniSettingsIn } from '../facts/situation-of.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { network: ['host'], cniSettings: ['without CNI', 'with CNI of the image'] },
    shows: "nothing: build steps share the Pod's network",
  },
  { when: { network: ['auto'], cniSettings: ['without CNI'] }, shows: "nothing: build steps share the Pod's network" },
  {
    when: { mode: [...ROOTLESS, ...USER_NAMESPACE], network: ['auto'], cniSettings: ['with CNI of the image'] },
    shows: "nothing: build steps share the Pod's network",
  },
]

/** A pool of networks that nothing uses. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "Settings for CNI networks have no effect, because build steps share the Pod's network.",
    why: `Only \`networkMode = "bridge"\` or "cni" creates networks for build steps. By default, rootless builders and builders in a user namespace use the Pod's network, and so do others without a cni.json. (Since v0.31, \`cniPoolSize\` also sets the pool of BuildKit's proxy; with \`proxyNetwork\`, this rule does not judge it.)`,
    source:
      'buildkit v0.34.2, cmd/buildkitd/main_oci_worker.go, ociWorkerInitializer; util/network/netproviders/network.go, Providers',
    example: {
      wrong: templateOf({ rootless: true, buildkitdToml: '[worker.oci]\n  cniPoolSize = 16\n' }),
      right: templateOfToml('[worker.oci]\n  networkMode = "bridge"\n  cniPoolSize = 16\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template }) => {
    const { rootless } = template.spec
    const breaches = ociWorkerBreaches(template, cniSettingsIn(template), (key) => {
      if (rootless) return `\`${key}\` has no effect, because rootless build steps share the Pod's network; remove it`
      const hasProxy = key === 'cniPoolSize' && isReadBy(template.image, ['proxyNetwork'])
      const steps = hasProxy
        ? ' except for builds with `--proxy-network`, because other build steps'
        : ', because build steps'
      return `\`${key}\` has no effect${steps} share the Pod's network; remove it, or set \`networkMode = "bridge"\``
    })
    // Where a bridge is possible it may be what was meant.
    return rootless
      ? breaches.map((breach) => ({ ...breach, ...(breach.toml && { fix: { kind: 'remove' } as const }) }))
      : breaches
  }),
}
