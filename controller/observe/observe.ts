import type { Buildkit, Graces, Observation } from '../observation.ts'
import { keyOf, type Store } from '../store.ts'

/** What the watches know about one builder: an observation for each of its Buildkits, or one without a Buildkit. */
export function observe(store: Store, builder: string, graces: Graces): readonly Observation[] {
  const known = { pods: [...(store.pods.get(builder)?.values() ?? [])], refusals: store.refusals, graces }
  const keys = store.namesakes.get(builder) ?? []
  if (keys.length === 0) {
    const absence = store.absences.get(builder)
    return [{ ...known, ...(absence && { absence }) }]
  }
  const buildkits = keys.map((key) => store.buildkits.get(key) as Buildkit)
  return buildkits.map((buildkit) => {
    const namesakes = namesBut(buildkit, buildkits)
    return {
      ...known,
      ...claimsOn(store, builder, buildkit),
      ...store.writings.get(keyOf(buildkit.namespace, buildkit.name)),
      buildkit,
      ...(namesakes.length > 0 && { namesakes }),
    }
  })
}

/** Other claims on the Pod that a Buildkit names. */
function claimsOn(store: Store, builder: string, { namespace, name, podName }: Buildkit) {
  if (podName === undefined) return {}
  const key = keyOf(namespace, podName)
  const named = store.podByName.get(key)
  const isForeign = named !== undefined && keyOf(named.namespace, named.buildkit) !== builder
  const namers = (store.namers.get(key) ?? []).map((namer) => store.buildkits.get(namer) as Buildkit)
  const rivals = namesBut({ name }, namers)
  return { ...(isForeign && { foreignPod: named }), ...(rivals.length > 0 && { rivals }) }
}

function namesBut({ name: own }: Pick<Buildkit, 'name'>, buildkits: readonly Buildkit[]): readonly string[] {
  return buildkits.flatMap(({ name }) => (name === own ? [] : [name])).sort()
}
