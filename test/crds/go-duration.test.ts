import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseGoDuration } from '../../crds/go-duration.ts'

const milliseconds = {
  '0': 0,
  '0s': 0,
  '250ms': 250,
  '15s': 15_000,
  '1m30s': 90_000,
  '1.5h': 5_400_000,
  '2h0m1s': 7_201_000,
  '-1s': -1000,
  '3us': 0.003,
}

for (const [text, expected] of Object.entries(milliseconds)) {
  test(`${text} is ${expected} ms, as in Go`, () => assert.equal(parseGoDuration(text), expected * 1e6))
}

for (const text of ['', '15', 's', '1 s', '1d', '1S', '1e3s', 'Infinitys', '.s', '2562048h']) {
  test(`"${text}" is not a duration`, () => assert.equal(parseGoDuration(text), undefined))
}
