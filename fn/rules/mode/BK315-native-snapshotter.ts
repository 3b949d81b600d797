import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOfToml } from '../example.ts'
import type { Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  { when: { snapshotter: ['native'] }, shows: 'each build step begins with a full copy of its layers' },
]

/** Copies for old kernels. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'The native snapshotter copies all files for each build step.',
    why: 'Each build step starts with a copy of all files below it, which takes time and disk space. overlayfs needs neither, and works rootless since Linux 5.11.',
    source: 'buildkit v0.34.2, docs/rootless.md; cmd/buildkitd/main_oci_worker.go, snapshotterFactory',
    example: {
      wrong: templateOfToml('[worker.oci]\n  snapshotter = "native"\n'),
      right: templateOfToml('[worker.oci]\n  snapshotter = "auto"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template, row }) =>
    ociWorkerBreaches(template, ['snapshotter'], () => {
      return `\`snapshotter\` must be left out on Linux 5.11 or later, got "native"; ${row.shows}`
    }),
  ),
}
