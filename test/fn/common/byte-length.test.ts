import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byteLength } from '../../../fn/common/byte-length.ts'

test('a text has as many bytes as Node counts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(byteLength(text), Buffer.byteLength(text))),
  )
  assert.equal(byteLength('\ud83d'), Buffer.byteLength('\ud83d'))
})
