import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { test } from 'node:test'
import { readAll } from '../../../fn/input/read-all.ts'

test('what has no end is read until it is certainly too much', () => {
  const descriptor = openSync('/dev/zero', 'r')
  try {
    const { length } = readAll(descriptor, 1_000_000)
    assert.ok(length > 1_000_000 && length < 2_000_000, `${length}`)
  } finally {
    closeSync(descriptor)
  }
})
