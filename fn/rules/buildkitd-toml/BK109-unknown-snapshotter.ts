import { valuesAt } from '../../toml/values-at.ts'
import { inToml, otherThan } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isWorkerOn } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

const SNAPSHOTTERS = ['auto', 'overlayfs', 'native', 'fuse-overlayfs', 'stargz']

/** A snapshotter that the OCI worker does not have. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'BuildKit does not have this snapshotter.',
    why: 'buildkitd reports "unknown snapshotter name" and exits, so the Pod crash-loops. With `proxySnapshotterPath`, any name is valid.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main_oci_worker.go, snapshotterFactory',
    example: {
      wrong: templateOfToml('[worker.oci]\nsnapshotter = "overlay"\n'),
      right: templateOfToml('[worker.oci]\nsnapshotter = "overlayfs"\n'),
    },
  }),
  ...inToml((toml) => {
    const hasProxy = valuesAt(toml, ['worker', 'oci', 'proxySnapshotterPath']).some(({ value }) => value !== '')
    return hasProxy || !isWorkerOn(toml, 'oci') ? [] : otherThan(toml, ['worker', 'oci', 'snapshotter'], SNAPSHOTTERS)
  }),
}
