import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { PRIVILEGED, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: PRIVILEGED, ociRootless: ['rootless = true'] },
    shows: 'build steps have no /sys, and buildkitd is still root on the node',
  },
]

/** A mode said twice. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "`buildkitdToml` contradicts the template's mode.",
    why: "The Pod decides whether a builder is rootless: its user, its image and its arguments come from the template's `rootless` and `hostUsers`.",
    source:
      'buildkit v0.34.2, cmd/buildkitd/main_oci_worker.go, applyOCIFlags; util/rootless/specconv/specconv_linux.go, ToRootless',
    example: {
      wrong: templateOfToml('[worker.oci]\n  rootless = true\n'),
      right: templateOf({ rootless: true }),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template, row }) =>
    ociWorkerBreaches(template, ['rootless'], () => {
      return `\`rootless\` must be left out in a privileged template, got true; ${row.shows}; set the template's \`rootless\``
    }),
  ),
}
