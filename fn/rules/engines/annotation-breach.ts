import type { Breach } from '../breach.ts'
import type { OwnAnnotation } from './own-annotation.ts'

/** A finding about an annotation that users gave their Pods. */
export function annotationBreach({ item, path, value }: OwnAnnotation, message: string): Breach {
  return { item, path, message, currentValue: value }
}
