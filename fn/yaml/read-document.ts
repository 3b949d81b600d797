import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import { positionsIn } from '../positions/lines.ts'
import { parseNodes } from './parse-nodes.ts'
import { resolveScalar } from './resolve-scalar.ts'

export type Read = { readonly value: unknown } | { readonly error: string }

/** So much may aliases add to a text, in characters: about what an API server takes for one object, far below what exhausts memory. */
const REPEATED_MAX = 1_000_000
/** What a node weighs beside its own characters. */
const NODE_WEIGHT = 10
const TOO_DEEP = { error: 'must not be nested this deeply; a Kubernetes object has a few dozen levels at most' }

const COMPLEX_KEY =
  'must have strings as keys, got a list or a mapping; where `{{ … }}` is of a Helm chart, render that first: helm template CHART | render-buildkit build -'

interface Conversion {
  /** What the anchors that were met stand for; aliases share it. */
  readonly anchors: Map<string, { readonly value: unknown; readonly weight: number }>
  weight: number
  repeated: number
}

/** The value of any YAML or JSON text of one document, its scalars as `resolveScalar` reads them; or why it has none, with the line. */
export function readDocument(text: string): Read {
  const document = parseNodes(text)
  if (!document) return TOO_DEEP
  const [error] = document.errors
  if (error) {
    const { line, column } = positionsIn(text)(error.pos[0])
    return { error: `is not YAML: ${error.message} at line ${line}, column ${column}` }
  }
  try {
    return { value: fromNode(document.contents, { anchors: new Map(), weight: 0, repeated: 0 }) }
  } catch (thrown) {
    if (thrown instanceof BadValue) return { error: thrown.message }
    throw thrown
  }
}

/** Whose message is for who wrote the text. */
class BadValue extends Error {}

function fromNode(node: unknown, conversion: Conversion): unknown {
  if (isAlias(node)) return fromAlias(node, conversion)
  const before = conversion.weight
  const value = fromOwn(node, conversion)
  const { anchor } = (node ?? {}) as Node
  if (anchor !== undefined) conversion.anchors.set(anchor, { value, weight: conversion.weight - before })
  return value
}

function fromAlias({ source }: Alias, conversion: Conversion): unknown {
  const anchored = conversion.anchors.get(source)
  if (!anchored)
    throw new BadValue(`has no anchor for the alias "*${source}"; an anchor must stand before it in the same object`)
  conversion.weight += anchored.weight
  conversion.repeated += anchored.weight
  if (conversion.repeated > REPEATED_MAX)
    throw new BadValue(`must not repeat more than ${REPEATED_MAX} characters by aliases; write the object without them`)
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
  if (typeof key === 'object' && key !== null) throw new BadValue(COMPLEX_KEY)
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
