import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { PRIVILEGED, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: {
      mode: PRIVILEGED,
      processSandbox: ['noProcessSandbox = true'],
      ociRootless: ['left out', 'rootless = false'],
    },
    shows: "buildkitd: can't enable NoProcessSandbox without Rootless",
  },
]

/** A sandbox that root has to keep. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`noProcessSandbox` works only in rootless builders.',
    why: 'A buildkitd that runs as root refuses to run build steps in its own process namespace and exits.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main_oci_worker.go, ociWorkerInitializer',
    example: {
      wrong: templateOfToml('[worker.oci]\n  noProcessSandbox = true\n'),
      right: templateOf({ rootless: true }),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template, row }) =>
    ociWorkerBreaches(template, ['noProcessSandbox'], () => {
      return `\`noProcessSandbox\` must be left out in a privileged template, got true, which fails with ${row.shows}`
    }),
  ),
}
