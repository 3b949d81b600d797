import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../../rules/breaches/breach.ts'
import { labelIssues } from './label-issues.ts'
import { type Requirement, requirementIssues } from './requirement-issues.ts'

/** Which objects are meant, by their labels. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined
  readonly matchExpressions?: readonly Requirement[] | undefined
}

/** What Kubernetes does not take in a label selector (apimachinery, pkg/apis/meta/v1/validation, ValidateLabelSelector). */
export function labelSelectorIssues(selector: LabelSelector | undefined, path: Path): readonly Breach[] {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  return [
    ...labelIssues(matchLabels, [...path, 'matchLabels']),
    ...matchExpressions.flatMap((one, at) => requirementIssues(one, [...path, 'matchExpressions', at])),
  ]
}
