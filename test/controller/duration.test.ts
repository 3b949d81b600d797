import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration } from '../../controller/duration.ts'

const durations = { '0s': 0, '250ms': 250, '15s': 15_000, '1m30s': 90_000, '1.5h': 5_400_000, '2h0m1s': 7_201_000 }

for (const [text, milliseconds] of Object.entries(durations)) {
  test(`${text} is ${milliseconds} ms, as in Go`, () => assert.equal(parseDuration(text), milliseconds))
}

for (const text of ['', '15', 's', '-1s', '1 s', '1d', '1S', '1e3s', 'Infinitys', '.s']) {
  test(`"${text}" is no duration`, () => assert.equal(parseDuration(text), undefined))
}
