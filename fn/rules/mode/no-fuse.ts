import type { Rule } from '../rule.ts'
import { foundInMatrix } from './found-in-matrix.ts'
import { tomlBreaches } from './toml-breaches.ts'

/** A filesystem without its device. */
export const NO_FUSE: Rule = {
  id: 'BK314',
  severity: 'warning',
  what: 'The snapshotter needs FUSE, which the container has not.',
  why: "A rootless container has no /dev/fuse unless the runtime adds it, and BuildKit's image for root has no fuse-overlayfs. The builder becomes ready, and every build fails; or with stargz it pulls whole images, with a line in its log, where it was to pull what is read.",
  source:
    'buildkit v0.34.2, docs/rootless.md; Dockerfile, stages buildkit-export and rootless; cmd/buildkitd/main_oci_worker.go, snapshotterFactory; cache/refs.go, prepareRemoteSnapshotsStargzMode',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
  buildkitdToml: |
    [worker.oci]
      snapshotter = "fuse-overlayfs"
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: true
  buildkitdToml: |
    [worker.oci]
      snapshotter = "overlayfs"
`,
  },
  of: 'template',
  needs: 'settings',
  find: foundInMatrix('BK314', ({ template, row }) =>
    tomlBreaches(template, ['snapshotter'], (_, value) => {
      return `\`snapshotter\` must be one that works without FUSE, got "${value}": ${row.shows}; remove it, BuildKit takes overlayfs where it can`
    }),
  ),
}
