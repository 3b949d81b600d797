import { TOML_ANNOTATION } from '../../../crds/names.ts'
import { byteLength } from '../../common/byte-length.ts'
import type { Item } from '../../input/item.ts'
import { engineAnnotations, SYNC_WAVE_ANNOTATION } from '../../render/engine-annotations.ts'
import { TOML_FIELD } from '../../toml/values-at.ts'
import type { Breach } from '../breaches/breach.ts'
import type { BuilderFacts } from './facts.ts'

/** All annotations of the Pod of the first of builders that are alike, for people and for engines. */
export function podAnnotations({ template, blueprint, buildkits }: BuilderFacts): Readonly<Record<string, string>> {
  const wave = buildkits[0]?.value.metadata.annotations?.[SYNC_WAVE_ANNOTATION]
  return {
    ...blueprint.annotations,
    ...engineAnnotations(
      { retirement: template.retirement, handover: blueprint.handover },
      blueprint.engineAnnotations,
      wave,
    ),
  }
}

/** As many bytes of annotations, keys and values together, may an object have. */
export const ANNOTATIONS_LIMIT = 256 * 1024

/** The bytes of annotations, keys and values together. */
export function sizeOf(annotations: Readonly<Record<string, string>>): number {
  return Object.entries(annotations).reduce((sum, entry) => sum + sizeOfEntry(entry), 0)
}

/** The user's field from which the largest of a Pod's annotations came, and its size. */
export function largestAnnotation(
  builder: BuilderFacts,
  annotations: Readonly<Record<string, string>>,
): { readonly place: Pick<Breach, 'item' | 'path'>; readonly size: number } {
  const [largest = ['', ''] as const] = Object.entries(annotations).sort((a, b) => sizeOfEntry(b) - sizeOfEntry(a))
  return { place: placeOf(builder, largest[0]), size: sizeOfEntry(largest) }
}

function sizeOfEntry([key, value]: readonly [string, string]): number {
  return byteLength(key) + byteLength(value)
}

function placeOf({ template, buildkits }: BuilderFacts, key: string): Pick<Breach, 'item' | 'path'> {
  const { item } = template.template
  if (key === TOML_ANNOTATION) return { item, path: TOML_FIELD }
  if (Object.hasOwn(template.spec.podAnnotations ?? {}, key)) return { item, path: ['spec', 'podAnnotations', key] }
  const [buildkit] = buildkits
  return { ...(buildkit && { item: buildkit.item }), path: ['spec', 'annotations', key] }
}

interface Part {
  readonly place: Pick<Breach, 'item' | 'path'>
  /** In bytes. */
  readonly size: number
}

/** Fields whose entries are looked at one by one. */
const ANNOTATIONS = ['annotations', 'podAnnotations', 'buildkitdToml']

/** What of a template or its Buildkit takes most of a Pod: an annotation, or all of another field. */
export function largestPart(builder: BuilderFacts): Part {
  const { template, buildkits } = builder
  const { item } = template.template
  const fields = [
    ...fieldsOf(item, template.spec),
    ...buildkits.slice(0, 1).flatMap((buildkit) => fieldsOf(buildkit.item, buildkit.value.spec)),
  ]
  const annotation = largestAnnotation(builder, podAnnotations(builder))
  return fields.reduce((largest: Part, part) => (part.size > largest.size ? part : largest), annotation)
}

function fieldsOf(item: Item, spec: object): readonly Part[] {
  return Object.entries(spec)
    .filter(([field]) => !ANNOTATIONS.includes(field))
    .map(([field, value]) => ({
      place: { item, path: ['spec', field] },
      size: byteLength(JSON.stringify(value) ?? ''),
    }))
}
