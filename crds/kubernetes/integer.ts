import * as z from 'zod/mini'
import { annotated } from '../field.ts'

const INT32_MIN = -(2 ** 31)
const INT32_MAX = 2 ** 31 - 1
const INT64_LIMIT = 2 ** 63
/** Its issues are final, so that a union of an integer and something else reports both. */
const WHOLE = { error: 'a whole number', abort: true }

/** Go's int64; whole numbers that a double cannot hold have been rounded before they come here. */
export const Int64 = annotated(
  { type: 'integer', format: 'int64' },
  z.number(WHOLE).check(z.multipleOf(1, WHOLE), z.gte(-INT64_LIMIT, WHOLE), z.lt(INT64_LIMIT, WHOLE)),
)

/** Go's int32. */
export const Int32 = wholeNumber(INT32_MIN, INT32_MAX)

/** An int32 from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number): z.ZodMiniNumber<number> {
  const text = `a whole number from ${min} to ${max}`
  return annotated({ format: 'int32' }, z.int(text).check(z.gte(min, text), z.lte(max, text)))
}
