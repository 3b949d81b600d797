import type { Graces, Observation } from '../observation.ts'
import { keyOf, type Store } from '../store.ts'

/** What the watches have said of one builder. */
export function observe(store: Store, key: string, graces: Graces): Observation {
  const { refusals } = store
  const buildkit = store.buildkits.get(key)
  const pods = [...(store.pods.get(key)?.values() ?? [])]
  if (!buildkit) {
    const absence = store.absences.get(key)
    return { ...(absence && { absence }), pods, refusals, graces }
  }
  const named = store.podByName.get(keyOf(buildkit.namespace, buildkit.podName ?? ''))
  const isForeign = named !== undefined && keyOf(named.namespace, named.buildkit) !== key
  return { buildkit, pods, ...(isForeign && { foreignPod: named }), refusals, graces }
}
