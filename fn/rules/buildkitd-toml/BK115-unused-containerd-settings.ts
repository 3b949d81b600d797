import { valuesAt } from '../../toml/values-at.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isPlainBuildkit } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

/** Settings of a worker that does not start. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Settings of the containerd worker have no effect.',
    why: 'buildkitd finds no containerd socket in the Pod, skips this worker with a line in its log, and builds with the OCI worker, which does not have these settings.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main_containerd_worker.go, validContainerdSocket',
    example: {
      wrong: templateOfToml('[worker.containerd]\nmax-parallelism = 4\n'),
      right: templateOfToml('[worker.oci]\nmax-parallelism = 4\n'),
    },
  }),
  ...inToml((toml, facts) => {
    const isSaid = valuesAt(toml, ['worker', 'containerd', 'enabled']).length > 0
    const isElsewhere = valuesAt(toml, ['worker', 'containerd', 'address']).some(({ value }) =>
      String(value).startsWith('tcp://'),
    )
    if (isSaid || isElsewhere || !isPlainBuildkit(facts)) return []
    const settings = valuesAt(toml, ['worker', 'containerd', '*'])
    return settings.slice(0, 1).map(({ path }) => ({
      path: path.slice(0, 2),
      message: 'has no effect, because the Pod has no containerd; move its settings to `worker.oci`, or remove it',
    }))
  }),
}
