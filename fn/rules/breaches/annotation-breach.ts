import type { OwnAnnotation } from '../facts/own-annotation.ts'
import type { Breach } from './breach.ts'

/** A finding about an annotation that users gave their Pods. */
export function annotationBreach({ item, path, value }: OwnAnnotation, message: string): Breach {
  return { item, path, message, currentValue: value }
}
