import { POD_SPEC_TYPES } from './generated/pod-spec.ts'

/** What a field of a Pod's spec, or of a type in it, holds. */
export interface FieldType {
  /** Its type, or that of what it has many of: a type with fields, or one of `string`, `quantity`, `int-or-string` and the like. */
  readonly type: string
  /** The strings that it may be, where Kubernetes names them all. */
  readonly choices?: readonly string[]
  readonly shape: 'one' | 'list' | 'map'
  /** Whether an API server leaves it out where it is empty, zero or false. */
  readonly isOmittedIfEmpty: boolean
  /** Whether every object of its type has it. */
  readonly isRequired: boolean
  /**
   * How a strategic merge finds an item of a list again: by the first of these fields. All of them make it unique to the API server.
   * Empty if items are scalars that are merged as a set; missing for a list that is replaced as a whole.
   */
  readonly mergeKeys?: readonly string[]
}

export type FieldTypes = ReadonlyMap<string, FieldType>

const NONE: FieldTypes = new Map()
let known: ReadonlyMap<string, FieldTypes> | undefined

/** The fields of a type such as `PodSpec` or `Container`; none of a scalar. Nothing is read before it is asked for the first time. */
export function fieldTypesOf(type: string): FieldTypes {
  known ??= new Map(POD_SPEC_TYPES.trim().split('\n').map(readType))
  return known.get(type) ?? NONE
}

/** A line such as `ConfigMapProjection items:KeyToPath[] name:string optional:boolean`. */
function readType(line: string): readonly [string, FieldTypes] {
  const [name = '', ...fields] = line.split(' ')
  const entries = fields.map((field) => {
    const colon = field.indexOf(':')
    return [field.slice(0, colon), readField(field.slice(colon + 1))] as const
  })
  return [name, new Map(entries)]
}

/** `string`, `string?` (left out if it is empty), `string!` (required), `string{}` (a map), `KeyToPath[]` (replaced), `EnvVar[name]` (merged by name), `string[*]` (a set), `=Always|Never`. */
function readField(text: string): FieldType {
  const [, inner = '', brackets, keys = '', omitted, required] = /^(.*?)(\{\}|\[(.*)\])?(\?)?(!)?$/.exec(text) ?? []
  const choices = inner.startsWith('=') ? { choices: inner.slice(1).split('|') } : {}
  const type = {
    type: inner.startsWith('=') ? 'string' : inner,
    ...choices,
    isOmittedIfEmpty: omitted !== undefined,
    isRequired: required !== undefined,
  }
  if (brackets === undefined) return { ...type, shape: 'one' }
  if (brackets === '{}') return { ...type, shape: 'map' }
  if (keys === '') return { ...type, shape: 'list' }
  return { ...type, shape: 'list', mergeKeys: keys === '*' ? [] : keys.split(',') }
}
