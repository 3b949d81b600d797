import { valuesAt } from '../../toml/values-at.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isPlainBuildkit, workersOn } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

/** A buildkitd that nothing could build with. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'No worker is enabled.',
    why: 'buildkitd reports "no worker found, rebuild the buildkit daemon?" and exits, so the Pod crash-loops. The other worker needs containerd, which is not in the Pod.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, newWorkerController; main_containerd_worker.go, validContainerdSocket',
    example: {
      wrong: templateOfToml('[worker.oci]\nenabled = false\n'),
      right: templateOfToml('[worker.oci]\nenabled = true\n'),
    },
  }),
  ...inToml((toml, facts) => {
    if (workersOn(toml).length > 0 || !isPlainBuildkit(facts)) return []
    return valuesAt(toml, ['worker', 'oci', 'enabled'])
      .slice(-1)
      .map(({ path, value }) => ({
        path,
        value,
        message: 'must be true, got false; it is the only worker that the Pod can have',
        proposedValue: 'true',
      }))
  }),
}
