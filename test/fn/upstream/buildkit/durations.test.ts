import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration } from '../../../../fn/upstream/buildkit/sizes.ts'

const READ: Readonly<Record<string, number>> = {
  '': 0,
  '0': 0,
  '172800': 172800,
  '-1': -1,
  '"48h"': 172800,
  '48h': 172800,
  '1h30m': 5400,
  '1.5s': 1.5,
  '-250ms': -0.25,
  '1µs': 1e-6,
}

for (const [text, seconds] of Object.entries(READ))
  test(`the duration "${text}" is ${seconds} s`, () => assert.equal(parseDuration(text), seconds))

for (const text of ['7d', '2w', '1H', '1.5', '172_800', '0x10', '48 h', ' 48h', 'h', '1h30', '99999999999h'])
  test(`the duration "${text}" is refused`, () => assert.equal(parseDuration(text), undefined))
