/** What an OpenAPI document says of a field or of what is in it. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: Schema
  readonly 'x-kubernetes-patch-strategy'?: string
  readonly 'x-kubernetes-patch-merge-key'?: string
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
}

interface Definition extends Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** What `/openapi/v2` of an API server answers, as far as it matters here. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, Definition>>
}

const ROOT = 'io.k8s.api.core.v1.PodSpec'

/** By type, or by format. Moments, maps and what may be anything are left out. */
const EMPTY: Readonly<Record<string, unknown>> = { string: '', boolean: false, integer: 0, 'int-or-string': 0 }

export interface Source {
  readonly openApi: OpenApi
  /** The version of the API server that says so. */
  readonly version: string
  /** What Kubernetes' own types write of `emptyPodSpec`. */
  readonly written: unknown
}

/** The source of fn/upstream/kubernetes/generated/pod-spec.ts. */
export function podSpecSource({ openApi, version, written }: Source): string {
  const kept = keptFields(openApi, written)
  const lines = reachable(openApi).map((name) => {
    const { properties = {}, required = [] } = openApi.definitions[name] ?? {}
    const fields = Object.entries(properties)
    const texts = fields.map(([field, schema]) => {
      const isOmitted = emptyOf(schema, openApi) !== undefined && !kept.has(`${name}.${field}`)
      return `${field}:${described(schema, openApi)}${isOmitted && isScalar(schema, openApi) ? '?' : ''}${required.includes(field) ? '!' : ''}`
    })
    return [shortened(name), ...texts].join(' ')
  })
  return `// Kubernetes ${version}. Written by \`UPDATE=1 node --test test/fn/upstream/kubernetes/pod-spec-types.test.ts\`; ../pod-spec-types.ts reads it.
export const POD_SPEC_TYPES = \`
${lines.sort().join('\n')}
\`
`
}

/** A Pod's spec with every field that it may have, each of them empty, zero or false. */
export function emptyPodSpec(openApi: OpenApi): unknown {
  return emptyOf({ $ref: `#/definitions/${ROOT}` }, openApi)
}

function emptyOf(schema: Schema, openApi: OpenApi): unknown {
  if (schema.type === 'array') return [emptyOf(schema.items ?? {}, openApi)]
  if (schema.$ref === undefined) return EMPTY[schema.type ?? '']
  const definition = openApi.definitions[nameIn(schema.$ref)] ?? {}
  if (!definition.properties) return EMPTY[scalar(nameIn(schema.$ref), definition)]
  const fields = Object.entries(definition.properties).map(([field, inner]) => [field, emptyOf(inner, openApi)])
  return Object.fromEntries(fields)
}

/** The fields with types that are there: `io.k8s.api.core.v1.Container.name`. */
function keptFields(openApi: OpenApi, written: unknown): ReadonlySet<string> {
  const kept = new Set<string>()
  const visit = (schema: Schema, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(schema.items ?? {}, item)
    const name = nameIn(schema.$ref ?? '')
    for (const [field, inner] of Object.entries(openApi.definitions[name]?.properties ?? {})) {
      const found = (value as Readonly<Record<string, unknown>>)[field]
      if (found === undefined) continue
      kept.add(`${name}.${field}`)
      visit(inner, found)
    }
  }
  visit({ $ref: `#/definitions/${ROOT}` }, written)
  return kept
}

function isScalar(schema: Schema, openApi: OpenApi): boolean {
  return schema.type !== 'array' && !openApi.definitions[nameIn(schema.$ref ?? '')]?.properties
}

function nameIn(ref: string): string {
  return ref.replace('#/definitions/', '')
}

/** The definitions that have fields, from the Pod's spec on. */
function reachable({ definitions }: OpenApi): readonly string[] {
  const found = new Set([ROOT])
  for (const name of found) {
    const refs = JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g)
    for (const [, ref = ''] of refs) if (definitions[ref]?.properties) found.add(ref)
  }
  return [...found]
}

function described(schema: Schema, openApi: OpenApi): string {
  if (schema.type === 'array') return `${described(schema.items ?? {}, openApi)}[${mergeKeys(schema)}]`
  if (schema.additionalProperties) return `${described(schema.additionalProperties, openApi)}{}`
  if (schema.enum) return `=${schema.enum.join('|')}`
  if (schema.$ref === undefined) return schema.format ?? schema.type ?? ''
  const name = nameIn(schema.$ref)
  return openApi.definitions[name]?.properties ? shortened(name) : scalar(name, openApi.definitions[name])
}

function mergeKeys(schema: Schema): string {
  if (!schema['x-kubernetes-patch-strategy']?.split(',').includes('merge')) return ''
  const key = schema['x-kubernetes-patch-merge-key']
  if (key === undefined) return '*'
  return [key, ...(schema['x-kubernetes-list-map-keys'] ?? []).filter((other) => other !== key)].join(',')
}

/** A type without fields: an amount, a moment, or anything. */
function scalar(name: string, definition: Definition | undefined): string {
  return shortened(name) === 'Quantity' ? 'quantity' : (definition?.format ?? definition?.type ?? '')
}

function shortened(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
