import assert from 'node:assert/strict'

/** What a promise rejects with. */
export function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    (answer) => assert.fail(`must have failed, got ${JSON.stringify(answer)}`),
    (error: Error) => error,
  )
}
