import * as z from 'zod/mini'
import { annotated } from '../field.ts'
import { QUANTITY } from '../meant-quantity.ts'

const INT32_MIN = -(2 ** 31)
const INT32_MAX = 2 ** 31 - 1
const WHOLE = 'a whole number'
const EXACT = 'a whole number between -2^53 and 2^53'

/**
 * Go's int64, as far as a double has every whole number: a larger one may have been rounded before it comes here, and nothing is worth
 * changing it silently. Its issues are final, so that a union of an integer and something else reports both.
 */
export const Int64 = annotated(
  { type: 'integer', format: 'int64' },
  z
    .number(WHOLE)
    .check(
      z.multipleOf(1, { error: WHOLE, abort: true }),
      z.gte(Number.MIN_SAFE_INTEGER, { error: EXACT, abort: true }),
      z.lte(Number.MAX_SAFE_INTEGER, { error: EXACT, abort: true }),
    ),
)

/** Go's int32. */
export const Int32 = int32(INT32_MIN, INT32_MAX, WHOLE)

/** A whole number from `min` to `max`, both included, that fits into an int32. */
export function wholeNumber(min: number, max: number): z.ZodMiniNumber<number> {
  return int32(min, max, `a whole number from ${min} to ${max}`)
}

function int32(min: number, max: number, type: string): z.ZodMiniNumber<number> {
  const range = `a whole number from ${min} to ${max}`
  return annotated({ format: 'int32' }, z.int({ error: type, abort: true }).check(z.gte(min, range), z.lte(max, range)))
}

/**
 * What `k8s.io/apimachinery/pkg/api/resource.ParseQuantity` reads. What has over a hundred digits, or an exponent of over three, is no amount
 * of anything.
 */
const SYNTAX = /^[+-]?([0-9]{1,100}(\.[0-9]{0,100})?|\.[0-9]{1,100})([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,3})?$/

/** An amount of a resource: a string with a suffix, or a whole number. */
export const Quantity = annotated(
  { title: 'Quantity', 'x-kubernetes-int-or-string': true },
  z.union([Int64, z.string().check(z.regex(SYNTAX, QUANTITY))], QUANTITY),
)

/** An amount for each resource name. */
export const ResourceList = z.record(z.string(), Quantity)

const NON_EMPTY = 'a string that is not empty'
export const NonEmpty = z.string(NON_EMPTY).check(z.minLength(1, NON_EMPTY))

/** Labels, annotations and the like. */
export const StringMap = z.record(z.string(), z.string())

/** A moment in RFC 3339; written by programs only, so that the API server's check is enough. */
export const Timestamp = annotated({ format: 'date-time' }, z.string())
