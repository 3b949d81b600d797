import type * as z from 'zod/mini'

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const SOMETHING_ELSE = 'another value'

/** What should stand where zod found something else ("a list"), for schemas that do not say it in their own `error`. */
export function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? SOMETHING_ELSE
  // What a check wants only its schema can say, and a test sees to it that each does.
  if (issue.code !== 'invalid_value') return SOMETHING_ELSE
  const choices = issue.values.map((value) => JSON.stringify(value))
  return choices.length === 1 ? choices.join('') : `one of ${choices.join(', ')}`
}
