import * as z from 'zod/mini'
import { Int32, Int64, Quantity } from '../../crds/kubernetes/scalars.ts'
import type { FieldType } from '../upstream/kubernetes/pod-spec-types.ts'

const SCALARS: Readonly<Record<string, z.ZodMiniType>> = {
  string: z.string(),
  boolean: z.boolean(),
  int32: Int32,
  int64: Int64,
  quantity: Quantity,
  'int-or-string': z.union([Int32, z.string()], 'a whole number or a string'),
  'date-time': z.string(),
  object: z.looseObject({}),
}

export const AN_OBJECT = z.looseObject({})
export const A_LIST = z.array(z.unknown())

/** The schema of a field whose type is a scalar, or of one of many; undefined for a type with fields. */
export function scalarSchema({ type, choices }: FieldType): z.ZodMiniType | undefined {
  return choices ? z.enum([...choices]) : SCALARS[type]
}
