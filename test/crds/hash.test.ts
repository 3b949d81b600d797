import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashOf } from '../../crds/names.ts'

/** As `hashOf` describes it, with the SHA-256 of OpenSSL. */
function reference(text: string): string {
  let bits = createHash('sha256').update(text).digest().readBigUInt64BE()
  let hash = ''
  for (; hash.length < 10; bits /= 27n) hash += 'bcdfghjklmnpqrstvwxz2456789'[Number(bits % 27n)]
  return hash
}

test('a hash is made of the SHA-256 of OpenSSL, whatever the text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', minLength: 50, maxLength: 500 }))
  fc.assert(fc.property(text, (any) => assert.equal(hashOf(any), reference(any))))
  for (const half of ['\ud800', 'a\udc00b']) assert.equal(hashOf(half), reference(half))
})
