import type { FieldIssue, Path } from '../../../crds/validate.ts'
import { choiceIssues } from './choice-issues.ts'
import { isLabelKey, isLabelValue, LABEL_KEY, LABEL_VALUE } from './labels.ts'

/** A condition on labels. */
export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[] | undefined
}

/** How many values an operator takes. */
const COUNTS: Readonly<Record<string, { readonly isRight: (count: number) => boolean; readonly text: string }>> = {
  In: { isRight: (count) => count > 0, text: 'at least one value' },
  NotIn: { isRight: (count) => count > 0, text: 'at least one value' },
  Exists: { isRight: (count) => count === 0, text: 'no values' },
  DoesNotExist: { isRight: (count) => count === 0, text: 'no values' },
  Gt: { isRight: (count) => count === 1, text: 'one value' },
  Lt: { isRight: (count) => count === 1, text: 'one value' },
}
const OF_LABELS = ['In', 'NotIn', 'Exists', 'DoesNotExist']

interface Options {
  /** Whether nodes are compared, for which there are "Gt" and "Lt" too. */
  readonly ofNodes?: boolean
  /** Where a value that no label can have is taken: it never matches. */
  readonly takesAnyValue?: boolean
}

/** What Kubernetes does not take in a condition on labels (ValidateNodeSelectorRequirement, ValidateLabelSelectorRequirement). */
export function requirementIssues(
  { key, operator, values = [] }: Requirement,
  path: Path,
  { ofNodes = false, takesAnyValue = false }: Options = {},
): readonly FieldIssue[] {
  const operators = ofNodes ? Object.keys(COUNTS) : OF_LABELS
  const findings: FieldIssue[] = []
  if (!isLabelKey(key))
    findings.push({ path: [...path, 'key'], message: `must be ${LABEL_KEY}, got "${key}"`, currentValue: key })
  findings.push(...choiceIssues(operators, operator, [...path, 'operator']))
  if (operators.includes(operator) && !COUNTS[operator]?.isRight(values.length)) {
    const message = `must have ${COUNTS[operator]?.text} with the operator "${operator}", got ${values.length}`
    findings.push({ path: [...path, 'values'], message })
  }
  return takesAnyValue ? findings : [...findings, ...valueIssues(values, path)]
}

/** Values that no label can have. */
export function valueIssues(values: readonly string[], path: Path): readonly FieldIssue[] {
  return values.flatMap((value, at) => {
    const message = `must be ${LABEL_VALUE}, got "${value}"`
    return isLabelValue(value) ? [] : [{ path: [...path, 'values', at], message, currentValue: value }]
  })
}

/** A value beside "Gt" or "Lt" that is no number; the API server takes it. */
export function numberIssues({ operator, values = [] }: Requirement, path: Path): readonly FieldIssue[] {
  const [value] = values
  const isNumber = !['Gt', 'Lt'].includes(operator) || value === undefined || wholeNumber(value) !== undefined
  // What is no label value either has been said.
  if (isNumber || !isLabelValue(value)) return []
  const message = `must be a whole number with the operator "${operator}", got "${value}"`
  return [{ path: [...path, 'values', 0], message, currentValue: value }]
}

const INT64 = 2n ** 63n

/** The number that a scheduler reads in a value beside "Gt" or "Lt" (Go's `strconv.ParseInt` of 64 bits), or undefined. */
export function wholeNumber(text = ''): bigint | undefined {
  if (!/^[+-]?\d{1,19}$/.test(text)) return undefined
  const number = BigInt(text.replace('+', ''))
  return number >= -INT64 && number < INT64 ? number : undefined
}
