import * as z from 'zod/mini'
import { annotated } from '../field.ts'
import { QUANTITY } from '../meant-quantity.ts'
import { Int64 } from './integer.ts'

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
