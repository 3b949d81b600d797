import { GROUP } from '../crds/names.ts'
import type { Pod } from './expand.ts'
import { isEqual } from './is-equal.ts'
import { isMapping, type KubernetesObject } from './item.ts'

/** What else a Pod's metadata may hold: tools add labels and annotations after us; everything under our group is ours alone. */
const METADATA_FIELDS = ['name', 'namespace', 'labels', 'annotations']

/** Whether a Pod in the input is the one that we would write. */
export function isUpToDate(
  existing: KubernetesObject,
  { name, namespace, labels, engineAnnotations, blueprint }: Pod,
): boolean {
  const { metadata } = existing
  return (
    metadata.name === name &&
    metadata.namespace === namespace &&
    Object.keys(metadata).every((field) => METADATA_FIELDS.includes(field)) &&
    includes(metadata.labels, labels) &&
    includes(metadata.annotations, { ...blueprint.annotations, ...engineAnnotations }) &&
    isEqual(existing.spec, blueprint.spec)
  )
}

function includes(actual: unknown, ours: Readonly<Record<string, string>>): boolean {
  if (!isMapping(actual)) return false
  const isOurs = (key: string) => key in ours
  return (
    Object.keys(ours).every((key) => actual[key] === ours[key]) &&
    Object.keys(actual).every((key) => isOurs(key) || !key.startsWith(`${GROUP}/`))
  )
}
