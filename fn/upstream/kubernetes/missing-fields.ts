import type { Mapping, PodMistake, Step } from './pod-mistake.ts'
import { type FieldType, fieldTypesOf } from './pod-spec-types.ts'

/** What validation requires although the OpenAPI document does not (pkg/apis/core/validation/validation.go of Kubernetes v1.37.2). */
const ALSO_REQUIRED: Readonly<Record<string, string>> = {
  ConfigMapEnvSource: 'name',
  ConfigMapKeySelector: 'name',
  ConfigMapProjection: 'name',
  ConfigMapVolumeSource: 'name',
  SecretEnvSource: 'name',
  SecretKeySelector: 'name',
  SecretProjection: 'name',
  SecretVolumeSource: 'secretName',
}

/** The fields that are missing in an object of this type and in what is in it. */
export function missingFields(type: string, object: Mapping, steps: readonly Step[] = []): readonly PodMistake[] {
  return [...fieldTypesOf(type)].flatMap(([name, field]) => {
    const value = object[name]
    if (value !== undefined && value !== null) return missingIn(field, value, [...steps, name])
    const isRequired = field.isRequired || ALSO_REQUIRED[type] === name
    return isRequired ? [{ steps, message: `must have \`${name}\`, which is required` }] : []
  })
}

function missingIn({ type, shape, mergeKeys = [] }: FieldType, value: unknown, steps: readonly Step[]) {
  if (fieldTypesOf(type).size === 0) return []
  if (shape === 'one') return missingFields(type, value as Mapping, steps)
  if (!Array.isArray(value)) return []
  const [key] = mergeKeys
  return (value as readonly Mapping[]).flatMap((item, index) =>
    missingFields(type, item, [...steps, key === undefined ? index : [key, item[key]]]),
  )
}
