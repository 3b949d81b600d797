import { isMapping, type KubernetesObject } from '../input/item.ts'

/** What the operator's CRD, and its webhook for a rootless template, write into a template that has no `image`. */
const WRITTEN_BY_OPERATOR = ['moby/buildkit:latest', 'moby/buildkit:rootless']

/** The image in a template that cannot be told from the operator's default; undefined where the template has one of its own, or none. */
export function operatorsImage({ kind, spec }: KubernetesObject): string | undefined {
  if (kind !== 'BuildkitTemplate' || !isMapping(spec)) return undefined
  return WRITTEN_BY_OPERATOR.find((image) => image === spec.image)
}

/** A template without that image, so that its builders get the release that rendering is pinned to. */
export function withoutOperatorsImage(object: KubernetesObject): KubernetesObject {
  if (operatorsImage(object) === undefined) return object
  const { image: _, ...spec } = object.spec as Readonly<Record<string, unknown>>
  return { ...object, spec }
}
