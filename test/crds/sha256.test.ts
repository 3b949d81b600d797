import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { sha256Prefix } from '../../crds/sha256.ts'

function reference(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigUInt64BE()
}

test('a hash has the first bits of the SHA-256 of OpenSSL, at every length around the end of a block', () => {
  for (let length = 0; length <= 200; length++) {
    const text = 'x'.repeat(length)
    assert.equal(sha256Prefix(text), reference(text), `${length} bytes`)
  }
})

test('a hash has the first bits of the SHA-256 of OpenSSL, whatever the text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', minLength: 50, maxLength: 500 }))
  fc.assert(fc.property(text, (any) => assert.equal(sha256Prefix(any), reference(any))))
})

test('a text with half a surrogate pair is hashed as Node.js writes it', () => {
  for (const text of ['\ud800', 'a\udc00b', '\ud83d\ude00']) assert.equal(sha256Prefix(text), reference(text))
})
