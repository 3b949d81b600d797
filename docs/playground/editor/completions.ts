import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import buildkit from '../../../crds/generated/schemas/buildkit.schema.json' with { type: 'json' }
import buildkitTemplate from '../../../crds/generated/schemas/buildkittemplate.schema.json' with { type: 'json' }
import { type Cursor, cursorIn } from './cursor.ts'

/** What editor schemas say about a field, as far as it is offered. */
interface Schema {
  readonly description?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly string[]
  readonly const?: string
  readonly default?: unknown
}

const SCHEMAS: Readonly<Record<string, Schema>> = {
  Buildkit: buildkit as Schema,
  BuildkitTemplate: buildkitTemplate as Schema,
}

/** So far the kind of an object is looked for after the cursor. */
const AHEAD = 20_000
/** What has been written when completion is not asked for. */
const WORD = /[\w./-]+$/

/** What may be typed at the cursor: fields and values of our kinds, and the names of templates. */
export function completions({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const text = state.sliceDoc(0, pos)
  const cursor = cursorIn(text, state.sliceDoc(pos, pos + AHEAD))
  if (!cursor || (!explicit && !WORD.test(text))) return null
  const options = cursor.key === undefined ? fields(cursor) : values(cursor, state.sliceDoc())
  return { from: pos - cursor.typed.length, options: [...options], validFor: /^[\w./-]*$/ }
}

function fields({ kind, path }: Cursor): readonly Completion[] {
  const schema = schemaAt(kind, path)
  return Object.entries(schema?.properties ?? schema?.items?.properties ?? {}).map(([label, field]) => ({
    label,
    apply: hasFields(field) ? `${label}:` : `${label}: `,
    type: 'property',
    ...(field.description && { info: field.description }),
  }))
}

function hasFields({ type }: Schema): boolean {
  return type === 'object' || type === 'array'
}

function values({ kind, path, key = '' }: Cursor, text: string): readonly Completion[] {
  if (path.length === 0 && key === 'kind') return Object.keys(SCHEMAS).map(asValue)
  if (kind === 'Buildkit' && [...path, key].join('.') === 'spec.template') return templatesIn(text).map(asValue)
  const schema = schemaAt(kind, [...path, key])
  const all = schema?.type === 'boolean' ? ['true', 'false'] : [...(schema?.enum ?? []), ...constantOf(schema)]
  return all.filter((value) => value !== '').map(asValue)
}

function constantOf(schema: Schema | undefined): readonly string[] {
  return schema?.const === undefined ? [] : [schema.const]
}

function asValue(label: string): Completion {
  return { label, type: 'enum' }
}

/** Without a kind there is what all kinds have. */
function schemaAt(kind = 'Buildkit', path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>(
    (schema, key) => schema?.properties?.[key] ?? schema?.items?.properties?.[key],
    SCHEMAS[kind],
  )
}

function templatesIn(text: string): readonly string[] {
  const templates = text.split(/^---/m).filter((document) => /^kind:[ \t]*BuildkitTemplate/m.test(document))
  return templates.flatMap(
    (document) => /^metadata:\n(?:[ \t]+.*\n)*?[ \t]+name:[ \t]*(\S+)/m.exec(document)?.[1] ?? [],
  )
}
