import { valuesAt } from '../../toml/values-at.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isPlainBuildkit, isWorkerOn } from '../facts/container.ts'
import { isMounted } from '../facts/mounts.ts'
import type { Rule } from '../rule.ts'

/** A worker for a containerd that the Pod has not. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'The containerd worker is enabled, but the Pod has no containerd.',
    why: "buildkitd waits one minute for containerd's socket and exits, so the Pod crash-loops.",
    source: 'buildkit v0.34.2, cmd/buildkitd/main_containerd_worker.go, containerdWorkerInitializer',
    example: {
      wrong: templateOfToml('[worker.containerd]\nenabled = true\n'),
      right: templateOfToml('[worker.containerd]\nenabled = false\n'),
    },
  }),
  ...inToml((toml, facts) => {
    const addresses = valuesAt(toml, ['worker', 'containerd', 'address'])
    const isElsewhere = addresses.some(({ value }) => String(value).startsWith('tcp://'))
    const isThere = isMounted(String(addresses.at(-1)?.value ?? '/run/containerd/containerd.sock'), facts)
    if (isElsewhere || isThere || !isPlainBuildkit(facts) || !isWorkerOn(toml, 'containerd')) return []
    return valuesAt(toml, ['worker', 'containerd', 'enabled'])
      .slice(-1)
      .map(({ path, value }) => ({
        path,
        value,
        message: 'must be false, got true; the Pod has no containerd; use `worker.oci`',
        proposedValue: 'false',
      }))
  }),
}
