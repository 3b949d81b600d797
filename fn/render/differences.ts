import { RENDERED_KEYS } from '../../crds/names.ts'
import type { Path } from '../../crds/validate.ts'
import { oncePer } from '../common/collections.ts'
import { isMapping, type KubernetesObject } from '../input/item.ts'
import type { Contents } from './expand.ts'

/** A field of an object that is not as it would be written; undefined where it must not be, or is not there. */
export interface Difference {
  readonly path: Path
  readonly wanted: unknown
  readonly got: unknown
}

/** What else an object's metadata may hold: tools add labels and annotations after us, but none that we write. */
const METADATA_FIELDS = ['name', 'namespace', 'labels', 'annotations']

/** Whether an object in the input is the one that we would write. */
export function isUpToDate(existing: KubernetesObject, wanted: Contents): boolean {
  return differencesOf(existing, wanted).next().done === true
}

/** Every field in which an object in the input is not the one that we would write. */
export function* differencesOf(
  { metadata, spec }: KubernetesObject,
  { name, namespace, labels, annotations, formerAnnotations = {}, spec: ours }: Contents,
): Generator<Difference> {
  yield* differences(['metadata', 'name'], name, metadata.name)
  yield* differences(['metadata', 'namespace'], namespace, metadata.namespace)
  for (const field of Object.keys(metadata))
    if (!METADATA_FIELDS.includes(field)) yield* differences(['metadata', field], undefined, metadata[field])
  yield* inOurs(['metadata', 'labels'], labels, metadata.labels)
  yield* inOurs(['metadata', 'annotations'], annotations, metadata.annotations)
  for (const [key, value] of Object.entries(formerAnnotations))
    if (metadata.annotations?.[key] === value)
      yield { path: ['metadata', 'annotations', key], wanted: undefined, got: value }
  if (!isMapping(spec) || specsCompared(ours)(spec) !== EQUAL) yield* differences(['spec'], ours, spec)
}

const EQUAL = 'equal'

/** Builders that are alike share the spec of their Pods, and what is read of those Pods is shared too: 10,000 need few comparisons. */
const specsCompared = oncePer((ours: Contents['spec']) =>
  oncePer((spec: Contents['spec']) => (differences(['spec'], ours, spec).next().done ? EQUAL : 'different')),
)

function* inOurs(path: Path, wanted: Readonly<Record<string, string>>, got: unknown): Generator<Difference> {
  const actual = isMapping(got) ? got : {}
  for (const key of Object.keys(wanted))
    if (wanted[key] !== actual[key]) yield* differences([...path, key], wanted[key], actual[key])
  for (const key of RENDERED_KEYS)
    if (actual[key] !== undefined && !Object.hasOwn(wanted, key))
      yield* differences([...path, key], undefined, actual[key])
}

function* differences(path: Path, wanted: unknown, got: unknown): Generator<Difference> {
  if (wanted === got) return
  const keys = sharedKeys(wanted, got)
  if (!keys) yield { path, wanted, got }
  for (const key of keys ?? []) yield* differences([...path, key], at(wanted, key), at(got, key))
}

/** The keys of two mappings or two lists; undefined where they are not both of a kind. */
function sharedKeys(wanted: unknown, got: unknown): readonly (string | number)[] | undefined {
  if (Array.isArray(wanted) && Array.isArray(got)) return [...(wanted.length > got.length ? wanted : got).keys()]
  if (isMapping(wanted) && isMapping(got)) return [...new Set([...Object.keys(wanted), ...Object.keys(got)])]
  return undefined
}

function at(value: unknown, key: string | number): unknown {
  return Object.hasOwn(value as object, key) ? (value as Record<string | number, unknown>)[key] : undefined
}
