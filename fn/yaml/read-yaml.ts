import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import { textOfBase64 } from '../common/base64.ts'
import { parseNodes, type ReadError } from './parse-nodes.ts'
import { readBlock } from './read-block.ts'
import { keyOf, resolveScalar, unicodeEscape } from './scalars.ts'

/** The value of a YAML or JSON text of one document: quickly where it is plain block YAML, else with the `yaml` package. */
export function readYaml(text: string): Read {
  return readBlock(text) ?? readDocument(text)
}

/** What a text says, or why nothing; `partial` is what could be read of it all the same. */
export type Read = { readonly value: unknown } | { readonly error: ReadError; readonly partial?: unknown }

/** So much may aliases add to a text, in characters: about what an API server takes for one object, far below what exhausts memory. */
const REPEATED_MAX = 1_000_000
/** What a node weighs beside its own characters. */
const NODE_WEIGHT = 10
const TOO_DEEP = 'must not be nested this deeply; a Kubernetes object has a few dozen levels at most'

/** Where readers of YAML 1.1 end a line, and those of 1.2 do not: outside of JSON, an object would not be the same object to both. */
const DISPUTED_BREAK = /[\u0085\u2028\u2029]|\r(?!\n)/
const JSON_START = /^\ufeff?\s*[[{]/
/** The tags whose scalars are read like plain ones, however they are quoted. */
const RESOLVED_TAGS = ['int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`)

const COMPLEX_KEY =
  'must have strings as keys, got a list or a mapping; if `{{ … }}` is from a Helm chart, render the chart first: helm template CHART | render-buildkit build -'

interface Conversion {
  /** What the anchors that were met stand for; aliases share it. */
  readonly anchors: Map<string, { readonly value: unknown; readonly weight: number }>
  weight: number
  repeated: number
}

/** The value of any YAML or JSON text of one document, its scalars as `resolveScalar` reads them; or why it has none. */
export function readDocument(text: string): Read {
  const disputed = JSON_START.test(text) ? null : DISPUTED_BREAK.exec(text)
  if (disputed) return { error: { message: disputedBreak(disputed[0]), offset: disputed.index } }
  const document = parseNodes(text)
  if (!document) return { error: { message: TOO_DEEP } }
  const [error] = document.errors
  const read = converted(document.contents)
  if (!error) return read
  const partial = 'value' in read ? read.value : undefined
  return { error: { message: `is not valid YAML: ${error.message}`, offset: error.pos[0] }, partial }
}

function converted(contents: unknown): Read {
  try {
    return { value: fromNode(contents, { anchors: new Map(), weight: 0, repeated: 0 }) }
  } catch (thrown) {
    if (!(thrown instanceof BadValue)) throw thrown
    const { message, offset } = thrown
    return { error: { message, ...(offset !== undefined && { offset }) } }
  }
}

function disputedBreak(char: string): string {
  return `must escape the character "${unicodeEscape(char)}" in double quotes, because some YAML readers treat it as a line break`
}

/** Whose message is for who wrote the text; it is about what is at `offset`. */
class BadValue extends Error {
  readonly offset: number | undefined
  constructor(message: string, node?: { readonly range?: readonly [number, number, number] | null }) {
    super(message)
    this.offset = node?.range?.[0]
  }
}

function fromNode(node: unknown, conversion: Conversion): unknown {
  if (isAlias(node)) return fromAlias(node, conversion)
  const before = conversion.weight
  const value = fromOwn(node, conversion)
  const { anchor } = (node ?? {}) as Node
  if (anchor !== undefined) conversion.anchors.set(anchor, { value, weight: conversion.weight - before })
  return value
}

function fromAlias(alias: Alias, conversion: Conversion): unknown {
  const anchored = conversion.anchors.get(alias.source)
  if (!anchored)
    throw new BadValue(`must have an anchor before it in the same object, got the alias "*${alias.source}"`, alias)
  conversion.weight += anchored.weight
  conversion.repeated += anchored.weight
  if (conversion.repeated > REPEATED_MAX)
    throw new BadValue(`must repeat at most ${REPEATED_MAX} characters by an alias; write the value out`, alias)
  return anchored.value
}

function fromOwn(node: unknown, conversion: Conversion): unknown {
  conversion.weight += NODE_WEIGHT
  if (isMap(node)) return fromMap(node, conversion)
  if (isSeq(node)) return node.items.map((item) => fromNode(item, conversion))
  if (!isScalar(node)) return null
  conversion.weight += String(node.value ?? '').length
  return fromScalar(node)
}

function fromScalar(node: Scalar): unknown {
  const text = textOf(node)
  const value = isResolved(node) ? resolveScalar(text) : text
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new BadValue(`must be a number that JSON has, got "${text}"`, node)
  return value
}

/** Halves of surrogate pairs, for which YAML and JSON have escapes, would be lost: UTF-8 has none. */
function textOf(node: Scalar): string {
  // The parser's own values depend on the place that it runs at: a `!!timestamp` is in local time.
  const source = node.source ?? ''
  const text = node.tag === 'tag:yaml.org,2002:binary' ? textOfBase64(source) : source
  if (!text.isWellFormed()) throw new BadValue('must be text, got half of a surrogate pair', node)
  return text
}

function isResolved({ type, tag }: Scalar): boolean {
  return tag === undefined ? type === 'PLAIN' : RESOLVED_TAGS.includes(tag)
}

function fromMap(node: YAMLMap, conversion: Conversion): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  const merged: unknown[] = []
  for (const pair of node.items) {
    if (isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.value === '<<')
      merged.push(fromNode(pair.value, conversion))
    else {
      const key = fromKey(pair.key, conversion)
      if (Object.hasOwn(map, key)) throw new BadValue(`must have each key once, got "${key}" twice`, pair.key as Node)
      define(map, key, fromNode(pair.value, conversion))
    }
  }
  for (const source of merged.flat()) mergeInto(map, source)
  return map
}

/** Only a template's `{{ … }}` makes lists and mappings of keys. */
function fromKey(node: unknown, conversion: Conversion): string {
  const key = isScalar(node) && isResolved(node) ? keyOf(textOf(node)) : fromNode(node, conversion)
  if (typeof key === 'object' && key !== null) throw new BadValue(COMPLEX_KEY)
  if (key === undefined || key === null)
    throw new BadValue('must have strings as keys, got null or a whole number of more than 64 bits', node as Node)
  return String(key)
}

/** Merge keys (YAML 1.1): what the mapping says itself wins, then the first of the merged ones. */
function mergeInto(map: Record<string, unknown>, source: unknown): void {
  if (typeof source !== 'object' || source === null)
    throw new BadValue('must have a mapping, or a list of mappings, as the value of the merge key "<<"')
  for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(map, key)) define(map, key, value)
}

/** Defines even `__proto__` as a key like any other. */
function define(map: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true })
}
