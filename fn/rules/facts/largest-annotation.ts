import { TOML_ANNOTATION } from '../../../crds/names.ts'
import type { Breach } from '../breaches/breach.ts'
import type { BuilderFacts } from './facts.ts'

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
  return Buffer.byteLength(key) + Buffer.byteLength(value)
}

function placeOf({ template, buildkits }: BuilderFacts, key: string): Pick<Breach, 'item' | 'path'> {
  const { item } = template.template
  if (key === TOML_ANNOTATION) return { item, path: ['spec', 'buildkitdToml'] }
  if (Object.hasOwn(template.spec.podAnnotations ?? {}, key)) return { item, path: ['spec', 'podAnnotations', key] }
  const [buildkit] = buildkits
  return { ...(buildkit && { item: buildkit.item }), path: ['spec', 'annotations', key] }
}
