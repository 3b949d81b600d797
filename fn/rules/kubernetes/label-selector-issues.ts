import type { Finding } from '../finding.ts'
import { isLabelKey, LABEL_KEY } from './is-label-key.ts'
import { isLabelValue, LABEL_VALUE } from './is-label-value.ts'
import { type Requirement, requirementIssues } from './requirement-issues.ts'

/** Which objects are meant, by their labels. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined
  readonly matchExpressions?: readonly Requirement[] | undefined
}

/** What Kubernetes does not take in a label selector (apimachinery, pkg/apis/meta/v1/validation, ValidateLabelSelector). */
export function labelSelectorIssues(selector: LabelSelector | undefined, path: string): readonly Finding[] {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  return [
    ...Object.entries(matchLabels).flatMap(([key, value]) => {
      const found = { path: `${path}.matchLabels[${key}]`, currentValue: value }
      return [
        ...(isLabelKey(key) ? [] : [{ ...found, message: `must have a key of ${LABEL_KEY}, got "${key}"` }]),
        ...(isLabelValue(value) ? [] : [{ ...found, message: `must be ${LABEL_VALUE}, got "${value}"` }]),
      ]
    }),
    ...matchExpressions.flatMap((one, at) => requirementIssues(one, `${path}.matchExpressions[${at}]`)),
  ]
}
