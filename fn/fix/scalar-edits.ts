import { isScalar, type Node, Scalar } from 'yaml'
import type { Step } from '../positions/field-at.ts'
import { emitString } from '../yaml/emit.ts'
import { resolveScalar } from '../yaml/resolve-scalar.ts'
import type { Edit } from './edit.ts'

/** What would end a plain scalar in flow style. */
const FLOW = /[,[\]{}]/

/** The edit that gives an entry another key, where its mapping has none of that name. */
export function renamed({ entry }: Step, to: string): Edit | undefined {
  if (!entry || entry.map.has(to)) return undefined
  return replaced(entry.pair.key, written(entry.pair.key, to))
}

/** The edit that makes a plain scalar the string that it is written as. */
export function quoted(text: string, node: Node | null): Edit | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || !node.range) return undefined
  return replaced(node, JSON.stringify(text.slice(node.range[0], node.range[1])))
}

/** The edit that gives a scalar another value, quoted as it was; a number stays one. */
export function set(text: string, node: Node | null, value: string): Edit | undefined {
  if (!isScalar(node) || !node.range) return undefined
  const isNumber = (one: string) => typeof resolveScalar(one) === 'number'
  const isStillNumber =
    node.type === Scalar.PLAIN && isNumber(text.slice(node.range[0], node.range[1])) && isNumber(value)
  return replaced(node, isStillNumber ? value : written(node, value))
}

/** Anchors make a scalar part of other objects, tags make it something else than it looks like. */
function replaced({ range, anchor, tag }: Scalar, text: string | undefined): Edit | undefined {
  if (!range || anchor !== undefined || tag !== undefined || text === undefined) return undefined
  return { start: range[0], end: range[1], text }
}

function written({ type }: Scalar, value: string): string | undefined {
  switch (type) {
    case Scalar.QUOTE_DOUBLE:
      return JSON.stringify(value)
    case Scalar.QUOTE_SINGLE:
      return /[^\x20-\x7e]/.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`
    case Scalar.PLAIN:
      return FLOW.test(value) ? JSON.stringify(value) : emitString(value)
    default:
      return undefined
  }
}
