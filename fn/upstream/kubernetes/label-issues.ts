import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../../rules/breaches/breach.ts'
import { isLabelKey, LABEL_KEY } from './is-label-key.ts'
import { isLabelValue, LABEL_VALUE } from './is-label-value.ts'

/** What Kubernetes does not take as labels, in the mapping at `path`. */
export function labelIssues(labels: Readonly<Record<string, string>>, path: Path): readonly Breach[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const found = { path: [...path, key], currentValue: value }
    return [
      ...(isLabelKey(key) ? [] : [{ ...found, message: `must have a key of ${LABEL_KEY}, got "${key}"` }]),
      ...(isLabelValue(value) ? [] : [{ ...found, message: `must be ${LABEL_VALUE}, got "${value}"` }]),
    ]
  })
}
