import type { Path } from '../../../crds/validate.ts'
import type { Item } from '../../input/item.ts'
import type { Amount } from '../../render/resources.ts'
import type { BuilderFacts } from './facts.ts'

/** An annotation that users gave the Pods of a builder, and the field that it comes from. */
export interface OwnAnnotation {
  readonly item: Item
  readonly path: Path
  readonly value: string
}

/** The annotation `key` of a builder's Pods; undefined where users gave none. A template's wins over the Buildkit's. */
export function ownAnnotation({ template, buildkits }: BuilderFacts, key: string): OwnAnnotation | undefined {
  const ofTemplate = annotationIn(template.spec.podAnnotations, key)
  if (ofTemplate !== undefined)
    return { item: template.template.item, path: ['spec', 'podAnnotations', key], value: ofTemplate }
  const [buildkit] = buildkits
  const value = annotationIn(buildkit?.value.spec.annotations, key)
  if (!buildkit || value === undefined) return undefined
  return { item: buildkit.item, path: ['spec', 'annotations', key], value }
}

/** An annotation that users gave what is rendered of a builder, and the kind of that. */
export interface GivenAnnotation extends OwnAnnotation {
  readonly of: 'Pod' | 'Service'
}

/** The annotation `key` of a builder's Pods and of its Service. */
export function givenAnnotations(builder: BuilderFacts, key: string): readonly GivenAnnotation[] {
  const [ofPod, ofService] = [ownAnnotation(builder, key), serviceAnnotation(builder, key)]
  return [
    ...(ofPod ? [{ of: 'Pod', ...ofPod } as const] : []),
    ...(ofService ? [{ of: 'Service', ...ofService } as const] : []),
  ]
}

/** The annotation `key` of a builder's Service; undefined where its template gives none. */
export function serviceAnnotation(
  { template: { template, spec } }: BuilderFacts,
  key: string,
): OwnAnnotation | undefined {
  const value = annotationIn(spec.service?.annotations, key)
  return value === undefined ? undefined : { item: template.item, path: ['spec', 'service', 'annotations', key], value }
}

function annotationIn(annotations: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return annotations && Object.hasOwn(annotations, key) ? annotations[key] : undefined
}

/** The options of an annotation that is a comma list, as Argo CD reads it. */
export function optionsIn(value: string): readonly string[] {
  return value
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '')
}

/** The user's field that an amount of a builder comes from: of the Buildkit, the template's default or its maximum. */
export function fieldOfAmount(
  { template, buildkits: [buildkit] }: BuilderFacts,
  { field: { of, path } }: Amount,
): { readonly item: Item; readonly path: Path } {
  const { item } = of === 'Buildkit' && buildkit ? buildkit : template.template
  return { item, path }
}
