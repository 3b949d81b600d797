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
}

/** What `/openapi/v2` of an API server answers, as far as it matters here. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, Definition>>
}

const ROOT = 'io.k8s.api.core.v1.PodSpec'

/** The source of fn/upstream/kubernetes/generated/pod-spec.ts, from what an API server of this version says of itself. */
export function podSpecSource(openApi: OpenApi, version: string): string {
  const lines = reachable(openApi).map((name) => {
    const fields = Object.entries(openApi.definitions[name]?.properties ?? {})
    return [shortened(name), ...fields.map(([field, schema]) => `${field}:${described(schema, openApi)}`)].join(' ')
  })
  return `// Written by \`UPDATE=1 node --test test/fn/upstream/kubernetes/pod-spec-types.test.ts\`; docs in ../pod-spec-types.ts.
export const KUBERNETES_VERSION = '${version}'
export const POD_SPEC_TYPES = \`
${lines.sort().join('\n')}
\`
`
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
  const name = schema.$ref.replace('#/definitions/', '')
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
