import { cacheContainer, rootOf } from './cache-owner.ts'
import { modeOf, type TemplateSpec } from './daemon.ts'
import type { Resources } from './resources.ts'

/**
 * The init container of Pods that may start on a state which their predecessor still has; of a ReadWriteOncePod claim the scheduler sees to it
 * that none does. It waits until no buildkitd holds its lock (flock(2)) on the state. Without it the container would crash until then, and
 * the kubelet's backoff, of up to five minutes, would come on top.
 */
export function lockWaiters(template: TemplateSpec, resources: Resources): readonly object[] {
  const { hostPath, claim } = template.cache ?? {}
  if (!hostPath && (!claim || claim.accessMode === 'ReadWriteOncePod')) return []
  const script = `command -v flock >/dev/null || exit 0\nexec flock ${rootOf(template)}/buildkitd.lock true\n`
  const { securityContext } = modeOf(template)
  return [cacheContainer({ template, resources, name: 'wait-for-cache', script, securityContext })]
}
