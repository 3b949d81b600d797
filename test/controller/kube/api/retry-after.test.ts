import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryAfterSeconds } from '../../../../controller/kube/api/to-api-error.ts'

test('the time to wait is a number of seconds or a moment, and a minute at most', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') })
  const cases = [
    [undefined, undefined],
    ['7', 7],
    ['0', 0],
    ['3600', 60],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ] as const
  assert.deepEqual(
    cases.map(([header]) => [header, retryAfterSeconds(header)]),
    cases,
  )
})
