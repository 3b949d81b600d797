import type * as z from 'zod/mini'
import { closest } from '../closest.ts'
import { meantQuantities, QUANTITY } from '../meant-quantity.ts'
import type { Path } from './field-path.ts'
import type { FieldIssue } from './issue.ts'
import { isPrivateKey, valueHint, withoutCredentials } from './value-hint.ts'

type Issue = Exclude<z.core.$ZodIssue, z.core.$ZodIssueUnrecognizedKeys>

interface WrongValue {
  /** Its `message` says what the schema wants. */
  readonly issue: Issue
  readonly path: Path
  readonly value: unknown
  /** How the text writes a value that is not a string, where that is known: 1.10 is the number 1.1. */
  readonly written: string | undefined
}

/** The issue about a value that is missing or not what its schema wants. */
export function wrongValue({ issue, path, value, written }: WrongValue): FieldIssue {
  if (value === undefined) return { path, message: 'is required' }
  const known = valueHint(path, value)
  const proposedValue = known?.proposedValue ?? proposal(issue, value, written)
  const quoting = quoteHint(issue, value, written)
  // A check of ours says itself what it has got.
  const got =
    issue.code === 'custom' && issue.message.includes(', got ') ? '' : `, got ${inWords(issue, value, written)}`
  const message = `must be ${issue.message}${got}${quoting}${known?.hint ?? meantHint(issue, value)}`
  return {
    path,
    message,
    ...(!isSecret(value) && { currentValue: value }),
    ...(proposedValue !== undefined && { proposedValue }),
    ...(quoting !== '' && { fix: { kind: 'quote' } }),
  }
}

function proposal(issue: Issue, value: unknown, written?: string): string | undefined {
  if (issue.code === 'invalid_value' && typeof value === 'string')
    return abbreviated(issue, value) ?? closest(value, issue.values.map(String))
  return isString(issue) && Number.isFinite(value) ? (written ?? textOf(issue, value)) : undefined
}

/** What `kubectl get persistentvolumeclaims` prints for access modes. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  RWO: 'ReadWriteOnce',
  RWOP: 'ReadWriteOncePod',
  RWX: 'ReadWriteMany',
}

/** The value that is written in another case, or as an abbreviation. */
function abbreviated({ values }: z.core.$ZodIssueInvalidValue, value: string): string | undefined {
  const upper = value.toUpperCase()
  const meant = Object.hasOwn(ABBREVIATIONS, upper) ? ABBREVIATIONS[upper] : undefined
  return values.map(String).find((one) => one === meant || one.toUpperCase() === upper)
}

function meantHint(issue: Issue, value: unknown): string {
  const same = issue.code === 'invalid_value' && typeof value === 'string' ? abbreviated(issue, value) : undefined
  if (same !== undefined) return `; did you mean "${same}"?`
  const meant = issue.message === QUANTITY && typeof value === 'string' ? meantQuantities(value) : []
  return meant.length === 0 ? '' : `; did you mean ${meant.map((one) => `"${one}"`).join(' or ')}?`
}

/** Users forget quotes around a string that YAML reads as something else. */
function quoteHint(issue: Issue, value: unknown, written?: string): string {
  if (!isString(issue)) return ''
  if (!Number.isFinite(value) && (typeof value !== 'boolean' || issue.code !== 'invalid_type')) return ''
  const text = written ?? (typeof value === 'number' ? textOf(issue, value) : undefined)
  return text === undefined ? '; quote it' : `; quote it: "${text}"`
}

/** What a number may be written as that is wanted as a string; as one that is no amount, 1.3 may have been 1.30. */
function textOf(issue: Issue, value: unknown): string | undefined {
  return issue.code === 'invalid_union' || Number.isInteger(value) ? String(value) : undefined
}

/** Whether a string is wanted where no string stands. */
function isString(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union') return issue.errors.some((branch) => branch.some(isString))
  return issue.code === 'invalid_type' && issue.expected === 'string'
}

function inWords(issue: Issue, value: unknown, written = String(value)): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'boolean') return `the boolean ${value}`
  if (typeof value === 'number')
    return issue.code === 'invalid_type' && !isNumber(issue) ? `the number ${written}` : written
  return isPrivateKey(value)
    ? 'a private key'
    : JSON.stringify(typeof value === 'string' ? withoutCredentials(value) : value)
}

/** What no result may repeat. */
function isSecret(value: unknown): boolean {
  return isPrivateKey(value) || (typeof value === 'string' && withoutCredentials(value) !== value)
}

function isNumber({ expected }: z.core.$ZodIssueInvalidType): boolean {
  return expected === 'int' || expected === 'number'
}
