import { foundInMatrix } from '../breaches/in-matrix.ts'
import { tomlBreaches } from '../breaches/worker-breaches.ts'
import type { Rule } from '../rule.ts'

/** A mode said twice. */
export const MODE_IN_TOML: Rule = {
  id: 'BK313',
  severity: 'warning',
  what: "`buildkitdToml` contradicts the template's mode.",
  why: "Whether a builder is rootless is decided by the Pod: its user, its image and its arguments, which all come from the template's `rootless` and `hostUsers`.",
  source:
    'buildkit v0.34.2, cmd/buildkitd/main_oci_worker.go, applyOCIFlags; util/rootless/specconv/specconv_linux.go, ToRootless',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [worker.oci]
      rootless = true
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: true
`,
  },
  of: 'template',
  needs: 'settings',
  find: foundInMatrix('BK313', ({ template, row }) =>
    tomlBreaches(template, ['rootless'], () => {
      return `\`rootless\` must be left out in a privileged template, got true: ${row.shows}; use the template's \`rootless\``
    }),
  ),
}
