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

/** Other claims on the Pods that a Buildkit names. */
function claimsOn(
  { podByName, namers, buildkits }: Store,
  builder: string,
  { namespace, name, podNames }: Buildkit,
): Pick<Observation, 'foreignPods' | 'rivals'> {
  const keys = podNames.map((podName) => keyOf(namespace, podName))
  const named = keys.flatMap((key) => podByName.get(key) ?? [])
  const foreignPods = named.filter((pod) => keyOf(pod.namespace, pod.buildkit) !== builder)
  const naming = new Set(keys.flatMap((key) => namers.get(key) ?? []))
  const rivals = namesBut(
    { name },
    [...naming].map((key) => buildkits.get(key) as Buildkit),
  )
  return { ...(foreignPods.length > 0 && { foreignPods }), ...(rivals.length > 0 && { rivals }) }
}

function namesBut({ name: own }: Pick<Buildkit, 'name'>, buildkits: readonly Buildkit[]): readonly string[] {
  return buildkits.flatMap(({ name }) => (name === own ? [] : [name])).sort()
}
