import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { binaryOf, textOfBase64 } from '../../../fn/common/base64.ts'

const sloppy = fc.string({ unit: fc.constantFrom(...'ABab01+/-_= \n\t<{é'), maxLength: 40 })

test('base64 is read as Node reads it, however sloppy it is', () => {
  fc.assert(
    fc.property(sloppy, (text) => assert.equal(binaryOf(text), Buffer.from(text, 'base64').toString('latin1'))),
    { numRuns: 5000 },
  )
})

test('a text is what it was before base64, and what is no UTF-8 is replaced', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const buffer = Buffer.from(bytes)
      assert.equal(textOfBase64(buffer.toString('base64')), buffer.toString())
    }),
  )
  assert.equal(textOfBase64(Buffer.from('\ufeff–é').toString('base64')), '\ufeff–é')
})
