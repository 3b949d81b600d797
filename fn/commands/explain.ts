import { closest } from '../../crds/closest.ts'
import { IGNORE_RULES_ANNOTATION } from '../../crds/names.ts'
import { RULES, ruleNamed } from '../rules/book.ts'
import { exampleText } from '../rules/example.ts'
import type { Entry } from '../rules/rule.ts'
import type { Outcome } from './run-function.ts'

/** What `render-buildkit explain` prints: these rules in full, or all of them in brief. */
export function explain(ids: readonly string[]): Outcome {
  if (ids.length === 0) return { stdout: RULES.map(briefly), stderr: [], exitCode: 0 }
  const unknown = ids.filter((id) => !ruleNamed(id.toUpperCase()))
  if (unknown.length > 0) return { stdout: [], stderr: unknown.map(unknownId), exitCode: 2 }
  const rules = ids.flatMap((id) => ruleNamed(id.toUpperCase()) ?? [])
  return { stdout: rules.map((rule, at) => `${at === 0 ? '' : '\n'}${inFull(rule)}`), stderr: [], exitCode: 0 }
}

function unknownId(id: string): string {
  const meant = closest(
    id,
    RULES.map((rule) => rule.id),
  )
  return `must be the id of a rule, got "${id}"${meant ? `; did you mean "${meant}"?` : ''}; see render-buildkit explain`
}

function briefly({ id, severity, what }: Entry): string {
  return `${id}  ${severity.padEnd(7)}  ${what}\n`
}

function inFull({ id, severity, what, why, source, example, cannotWork }: Entry): string {
  const { kubernetes } = example
  const silence = cannotWork
    ? 'It cannot be ignored.'
    : `To ignore it: rules: {${id}: none} in the configuration, or on one object the annotation ${IGNORE_RULES_ANNOTATION}: ${id}`
  return [
    `${id} (${severity}): ${what}\n`,
    `${why}\nSource: ${source}\n${silence}\n`,
    `Breaks it${kubernetes ? `, with kubernetesVersion: "${kubernetes.major}.${kubernetes.minor}"` : ''}:\n${indented(exampleText(example.wrong))}`,
    `Does not:\n${indented(exampleText(example.right))}`,
  ].join('\n')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
