import type { Item } from '../../input/item.ts'
import type { Breach } from '../breaches/breach.ts'
import type { BuilderFacts } from './facts.ts'
import { largestAnnotation } from './largest-annotation.ts'
import { podAnnotations } from './pod-annotations.ts'

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
      size: Buffer.byteLength(JSON.stringify(value) ?? ''),
    }))
}
