import { pathText } from '../../../crds/issues/field-path.ts'
import { type KubernetesObject, objectId } from '../../../fn/input/item.ts'
import { differencesOf } from '../../../fn/render/differences.ts'
import { contentsOf, type Pod } from '../../../fn/render/expand.ts'
import type { Wanted } from '../../../fn/render/plan.ts'
import type { BuilderChange, BuilderChanges, ChangedField } from './messages.ts'

const BUILDERS_MAX = 200
const FIELDS_MAX = 50

/** The builders of manifests, and what has changed in their Pods since earlier manifests. */
export function builderChanges(now: readonly Wanted[], before: readonly Wanted[]): BuilderChanges {
  const [pods, former] = [podsOf(now), podsOf(before)]
  const changes = [...pods]
    .slice(0, BUILDERS_MAX)
    .map(([name, own]) => changeOf(name, own, former.get(name) ?? [undefined]))
  return {
    builders: changes,
    removed: [...former.keys()].filter((name) => !pods.has(name)).slice(0, BUILDERS_MAX),
    hidden: pods.size - changes.length,
  }
}

type Pods = readonly [Pod, ...Pod[]]

function podsOf(wanted: readonly Wanted[]): ReadonlyMap<string, Pods> {
  return new Map(
    wanted.map(({ builder, pods: [first, ...others] }) => {
      const { namespace, name } = builder.buildkit.value.metadata
      return [objectId(namespace, name), [first.pod, ...others.map(({ pod }) => pod)]]
    }),
  )
}

/** The first Pod stands for all: they have the same content, and roll together. */
function changeOf(name: string, [pod, ...others]: Pods, [former]: Pods | [undefined]): BuilderChange {
  const identity = { name, pod: pod.name, others: others.length, hash: pod.blueprint.hash }
  if (!former) return { ...identity, fate: 'added', fields: [] }
  return { ...identity, fate: former.name === pod.name ? 'stays' : 'rolls', fields: fieldsOf(pod, former) }
}

/** The name follows from the hash, so it is no reason. */
function fieldsOf(pod: Pod, former: Pod): readonly ChangedField[] {
  const fields = [...differencesOf(objectOf(former), contentsOf(pod))].map(({ path, wanted, got }) => {
    const [before, after] = withoutEqualLines(got, wanted)
    return { path: pathText(path), before: shown(before), after: shown(after) }
  })
  return fields.filter(({ path }) => path !== 'metadata.name').slice(0, FIELDS_MAX)
}

function objectOf(pod: Pod): KubernetesObject {
  const { kind, name, namespace, labels, annotations, spec } = contentsOf(pod)
  return { apiVersion: 'v1', kind, metadata: { name, ...(namespace && { namespace }), labels, annotations }, spec }
}

/** Of two texts of several lines, such as buildkitd.toml, the lines that are not the same in both, from the first to the last. */
function withoutEqualLines(before: unknown, after: unknown): readonly [unknown, unknown] {
  if (typeof before !== 'string' || typeof after !== 'string' || !`${before}${after}`.includes('\n'))
    return [before, after]
  const [old, young] = [before.split('\n'), after.split('\n')]
  const start = old.findIndex((line, at) => line !== young[at])
  const from = start < 0 ? old.length : start
  let equal = 0
  while (equal < Math.min(old.length, young.length) - from && old.at(-1 - equal) === young.at(-1 - equal)) equal++
  return [old, young].map((lines) => lines.slice(from, lines.length - equal).join('\n')) as [string, string]
}

const LENGTH_MAX = 200

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text
}
