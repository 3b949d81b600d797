import * as z from 'zod/mini'
import { annotated, optional } from './field.ts'

/**
 * An open object for the API server, so that the CRDs stay small: render-buildkit judges it with the types of Kubernetes. Of a null in it
 * only the merge knows what it means, so nothing is left out here.
 */
export function podSpecPatch(description: string) {
  return optional(
    description,
    annotated({ 'x-kubernetes-preserve-unknown-fields': true }, z.record(z.string(), z.unknown())),
  )
}
