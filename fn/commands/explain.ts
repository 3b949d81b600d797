import { closest } from '../../crds/closest.ts'
import { IGNORE_RULES_ANNOTATION } from '../../crds/names.ts'
import { RULES } from '../rules/book.ts'
import { exampleText } from '../rules/example.ts'
import { ruleMeantBy } from '../rules/named.ts'
import type { Entry } from '../rules/rule.ts'
import type { Outcome } from './outcome.ts'

/** What `render-buildkit explain` prints: these rules in full, or all of them in brief. */
export function explain(names: readonly string[]): Outcome {
  if (names.length === 0) return { stdout: briefly(RULES), stderr: [], exitCode: 0 }
  const unknown = names.filter((name) => !ruleMeantBy(name))
  if (unknown.length > 0) return { stdout: [], stderr: unknown.map(unknownName), exitCode: 2 }
  const rules = names.flatMap((name) => ruleMeantBy(name) ?? [])
  return { stdout: rules.map((rule, at) => `${at === 0 ? '' : '\n'}${inFull(rule)}`), stderr: [], exitCode: 0 }
}

function unknownName(name: string): string {
  const meant = closest(
    name,
    RULES.flatMap(({ id, slug }) => [id, slug]),
  )
  return `must be the id or slug of a rule, got "${name}"${meant ? `; did you mean "${meant}"?` : ''}; see render-buildkit explain`
}

function briefly(rules: readonly Entry[]): readonly string[] {
  const width = Math.max(...rules.map(({ slug }) => slug.length))
  return rules.map(
    ({ id, slug, severity, text }) => `${id}  ${slug.padEnd(width)}  ${severity.padEnd(7)}  ${text().what}\n`,
  )
}

function inFull({ id, slug, severity, text, cannotWork }: Entry): string {
  const { what, why, source, example } = text()
  const { kubernetes } = example
  const silence = cannotWork
    ? 'You cannot ignore it.'
    : `To ignore it, set rules: {${id}: none} in the configuration, or the annotation ${IGNORE_RULES_ANNOTATION}: ${id} on one object.`
  return [
    `${id} ${slug} (${severity}): ${what}\n`,
    `${why}\nSource: ${source}\n${silence}\n`,
    `Breaks the rule${kubernetes ? `, with kubernetesVersion: "${kubernetes.major}.${kubernetes.minor}"` : ''}:\n${indented(exampleText(example.wrong))}`,
    `Follows the rule:\n${indented(exampleText(example.right))}`,
  ].join('\n')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
