import type { Scalar } from 'yaml'
import { valueOffsets } from '../yaml/value-offsets.ts'

/** The offset in `source` of a place in the text that a scalar stands for; where that is not sure, where the scalar begins. */
export function textOffset(source: string, scalar: Scalar, index: number): number {
  const offsets = valueOffsets(source, scalar)
  const [start] = scalar.range as [number, number, number]
  return offsets[Math.min(index, offsets.length - 1)] ?? start
}
