import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byteText } from '../../../../fn/upstream/buildkit/amount.ts'
import { parseSize } from '../../../../fn/upstream/buildkit/sizes.ts'

test('bytes are told in three digits', () => {
  const texts = [0, 9, 1000, 1024, 40e9, 50 * 2 ** 30, 1023 * 2 ** 20, 2 ** 60].map(byteText)
  assert.deepEqual(texts, ['0 bytes', '9 bytes', '1000 bytes', '1 KiB', '37.2 GiB', '50 GiB', '1023 MiB', '1024 PiB'])
})

test('BuildKit reads what is told, as hardly less and never as more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: 2 ** 50 }), (bytes) => {
      const read = parseSize(byteText(bytes))?.bytes ?? 0
      assert.ok(read <= bytes && read > bytes * 0.99, byteText(bytes))
    }),
  )
})
