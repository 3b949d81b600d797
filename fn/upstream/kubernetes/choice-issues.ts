import type { FieldIssue, Path } from '../../../crds/validate.ts'

/** A finding where a value, sensitive to case, is none of `choices`; none where it is left out. */
export function choiceIssues(
  choices: readonly string[],
  currentValue: string | undefined,
  path: Path,
): readonly FieldIssue[] {
  if (currentValue === undefined || choices.includes(currentValue)) return []
  const proposedValue = choices.find((one) => one.toLowerCase() === currentValue.toLowerCase())
  const hint = proposedValue ? `; did you mean "${proposedValue}"?` : ''
  const message = `must be one of ${choices.map((one) => `"${one}"`).join(', ')}, got "${currentValue}"${hint}`
  return [{ path, message, currentValue, ...(proposedValue && { proposedValue }) }]
}
