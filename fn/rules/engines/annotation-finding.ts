import type { Finding } from '../finding.ts'
import type { OwnAnnotation } from './own-annotation.ts'

/** A finding about an annotation that users gave their Pods. */
export function annotationFinding({ item, path, value }: OwnAnnotation, message: string): Finding {
  return { item, path, message, currentValue: value }
}
