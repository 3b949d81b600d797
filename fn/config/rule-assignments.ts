import * as z from 'zod/mini'
import type { FieldIssue } from '../../crds/validate.ts'
import { RULES } from '../rules/book.ts'
import { ruleMeantBy, ruleNamed } from '../rules/named.ts'

/** The severities that a configuration may give rules. */
export const rulesSchema = () => {
  // Words that YAML 1.1 reads as strings: `off` would be a boolean.
  const severity = z.optional(z.enum(['error', 'warning', 'info', 'none']))
  const fixed = z.optional(z.literal('error', '"error", because a Pod that breaks this rule cannot run'))
  return z.strictObject(Object.fromEntries(RULES.map(({ id, cannotWork }) => [id, cannotWork ? fixed : severity])))
}

/** What is wrong in `rules`: an id that no rule has (the one that looks most like it is about something else), or a severity. */
export function aboutRule(issue: FieldIssue): FieldIssue {
  if (issue.path[1] !== 'rules' || issue.path.length < 3) return issue
  const id = String(issue.path[2])
  const rule = ruleNamed(id)
  const isOff = rule && !rule.cannotWork && OFF.includes(issue.currentValue)
  if (isOff) return { ...issue, message: `${issue.message}; write none`, proposedValue: 'none' }
  if (rule) return issue
  const meant = ruleMeantBy(id)?.id
  const hint = meant ? `did you mean \`${meant}\`?` : 'render-buildkit explain lists them'
  return { path: issue.path, message: `must be the id of a rule; ${hint}` }
}

/** What people write for `none`; YAML 1.1 reads a plain `off` as false. */
const OFF: readonly unknown[] = [false, 'off']

/** The same of `rules` in a ConfigMap. */
export function aboutAssignment(issue: FieldIssue): FieldIssue {
  const isAssignment = issue.path[1] !== 'rules' || issue.path.length < 3 || issue.currentValue !== UNASSIGNED
  return isAssignment ? aboutRule(issue) : { path: issue.path, message: 'must be ID=SEVERITY, such as BK601=none' }
}

/** What a word is in `rules` that assigns nothing. */
const UNASSIGNED = ''

/** With "BK012=none, BK013=error" as the mapping that a RenderBuildkit has. */
export function withRules(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof data.rules !== 'string') return data
  const words = data.rules.split(/[\s,]+/).filter((word) => word !== '')
  return { ...data, rules: Object.fromEntries(words.map(assignment)) }
}

function assignment(word: string): readonly [id: string, severity: string] {
  const at = word.indexOf('=')
  return at < 1 ? [word, UNASSIGNED] : [word.slice(0, at), word.slice(at + 1)]
}
