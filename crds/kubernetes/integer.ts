import * as z from 'zod/mini'
import { annotated } from '../field.ts'

const INT32 = { min: -(2 ** 31), max: 2 ** 31 - 1 }

/** Go's int32. */
export const Int32 = wholeNumber(INT32.min, INT32.max)

/** Go's int64. The greatest that a double can hold below 2^63 stands for the rest. */
export const Int64 = annotated(
  { format: 'int64' },
  z.number('a whole number').check(z.multipleOf(1, 'a whole number'), z.gte(-(2 ** 63), 'a whole number'), z.lt(2 ** 63, 'a whole number')),
)

/** An int32 from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number): z.ZodMiniNumber<number> {
  const text = `a whole number from ${min} to ${max}`
  return annotated({ format: 'int32' }, z.int(text).check(z.gte(min, text), z.lte(max, text)))
}
