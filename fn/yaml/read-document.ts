import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { resolveScalar } from './resolve-scalar.ts'

export type Read = { readonly value: unknown } | { readonly error: string }

/** Nodes that aliases may add up to: far above any manifest, far below what exhausts memory. */
const NODES_MAX = 100_000
const TOO_DEEP = { error: 'must not be nested this deeply; a Kubernetes object has a few dozen levels at most' }

const COMPLEX_KEY =
  'must have strings as keys, got a list or a mapping; where `{{ … }}` is of a Helm chart, render that first: helm template CHART | render-buildkit build -'

interface Conversion {
  readonly document: Document
  nodes: number
}

/** The value of any YAML or JSON text of one document, its scalars as `resolveScalar` reads them; or why it has none, with the line. */
export function readDocument(text: string): Read {
  try {
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent', prettyErrors: true })
    const [error] = document.errors
    if (error?.code === 'RESOURCE_EXHAUSTION') return TOO_DEEP
    if (error) return { error: `is not YAML: ${firstLine(error.message)}` }
    return { value: fromNode(document.contents, { document, nodes: 0 }) }
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP
    if (error instanceof TooManyNodes)
      return { error: `must not repeat aliases until they are more than ${NODES_MAX} nodes` }
    if (error instanceof ComplexKey) return { error: COMPLEX_KEY }
    if (error instanceof ReferenceError) return { error: `${error.message}; an anchor must stand in the same object` }
    throw error
  }
}

class TooManyNodes extends Error {}
class ComplexKey extends Error {}

function firstLine(message: string): string {
  return (message.split('\n')[0] as string).replace(/:$/, '')
}

function fromNode(node: unknown, conversion: Conversion): unknown {
  if (++conversion.nodes > NODES_MAX) throw new TooManyNodes()
  if (isAlias(node)) return fromNode(targetOf(node.source, node.resolve(conversion.document)), conversion)
  if (isMap(node)) return fromMap(node, conversion)
  if (isSeq(node)) return node.items.map((item) => fromNode(item, conversion))
  return isScalar(node) ? fromScalar(node) : null
}

function targetOf(name: string, target: Node | undefined): Node {
  if (target === undefined) throw new ReferenceError(`has no anchor for the alias "*${name}"`)
  return target
}

function fromScalar(node: Scalar): unknown {
  const text = String(node.value ?? '')
  const isString = node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str' || node.tag === '!'
  return isString ? text : resolveScalar(text)
}

function fromMap(node: YAMLMap, conversion: Conversion): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  const merged: unknown[] = []
  for (const pair of node.items) {
    if (isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.value === '<<')
      merged.push(fromNode(pair.value, conversion))
    else define(map, keyOf(fromNode(pair.key, conversion)), fromNode(pair.value, conversion))
  }
  for (const source of merged.flat()) mergeInto(map, source)
  return map
}

/** Only a template's `{{ … }}` makes lists and mappings of keys. */
function keyOf(key: unknown): string {
  if (typeof key === 'object' && key !== null) throw new ComplexKey()
  return String(key)
}

/** Merge keys (YAML 1.1): what the mapping says itself wins, then the first of the merged ones. */
function mergeInto(map: Record<string, unknown>, source: unknown): void {
  if (typeof source !== 'object' || source === null) return
  for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(map, key)) define(map, key, value)
}

/** Defines even `__proto__` as a key like any other. */
function define(map: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true })
}
