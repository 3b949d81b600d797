import type * as z from 'zod/mini'
import { closest } from '../closest.ts'
import type { FieldIssue } from './field-issue.ts'
import type { Path } from './field-path.ts'

type Issue = Exclude<z.core.$ZodIssue, z.core.$ZodIssueUnrecognizedKeys>

/** The issue about a value that is missing or not what its schema wants; `issue.message` says what that is. */
export function wrongValue(issue: Issue, path: Path, value: unknown): FieldIssue {
  if (value === undefined) return { path, message: 'is required' }
  const proposedValue = proposal(issue, value)
  const quoting = quoteHint(issue, value)
  const message = `must be ${issue.message}, got ${inWords(issue, value)}${quoting}`
  return {
    path,
    message,
    currentValue: value,
    ...(proposedValue !== undefined && { proposedValue }),
    ...(quoting !== '' && { fix: { kind: 'quote' } }),
  }
}

function proposal(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_value' && typeof value === 'string') return closest(value, issue.values.map(String))
  return isString(issue) && Number.isFinite(value) ? String(value) : undefined
}

/** Users forget quotes around a string that YAML reads as something else; what a boolean was written as (yes, On) is not known. */
function quoteHint(issue: Issue, value: unknown): string {
  if (!isString(issue)) return ''
  if (Number.isFinite(value)) return `; quote it: "${value}"`
  return typeof value === 'boolean' && issue.code === 'invalid_type' ? '; quote it' : ''
}

/** Whether a string is wanted where no string stands. */
function isString(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union') return issue.errors.some((branch) => branch.some(isString))
  return issue.code === 'invalid_type' && issue.expected === 'string'
}

function inWords(issue: Issue, value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'boolean') return `the boolean ${value}`
  if (typeof value === 'number')
    return issue.code === 'invalid_type' && !isNumber(issue) ? `the number ${value}` : `${value}`
  return JSON.stringify(value)
}

function isNumber({ expected }: z.core.$ZodIssueInvalidType): boolean {
  return expected === 'int' || expected === 'number'
}
