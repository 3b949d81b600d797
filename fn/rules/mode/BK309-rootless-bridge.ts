import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: ROOTLESS, command: ['none', 'buildkitd', 'buildkitd-entrypoint'], network: ['bridge'] },
    shows:
      'buildkitd: plugin type="buildkit-cni-bridge" failed (add): … could not add "buildkit0": operation not permitted',
  },
]

/** A bridge that user 1000 may not build. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`networkMode = "bridge"` does not work in a rootless builder.',
    why: "RootlessKit runs buildkitd in the Pod's own network, which does not belong to its user namespace. buildkitd cannot add a bridge there and exits. Rootless build steps always share the Pod's network.",
    source: 'buildkit v0.34.2, docs/rootless.md; util/network/cniprovider/bridge.go, NewBridge',
    example: {
      wrong: templateOf({ rootless: true, buildkitdToml: '[worker.oci]\n  networkMode = "bridge"\n' }),
      right: templateOfToml('[worker.oci]\n  networkMode = "bridge"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template, row }) =>
    ociWorkerBreaches(template, ['networkMode'], () => {
      return `\`networkMode\` must be "host" or left out with \`rootless: true\`, got "bridge", which fails with ${row.shows}`
    }),
  ),
}
