import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSize } from '../../../../fn/upstream/buildkit/sizes.ts'

const READ: Readonly<Record<string, ReturnType<typeof parseSize>>> = {
  '': {},
  '"10GB"': { bytes: 10 * 1024 ** 3 },
  '512000000': { bytes: 512000000 },
  '10GB': { bytes: 10 * 1024 ** 3 },
  '10gib': { bytes: 10 * 1024 ** 3 },
  '10 MB': { bytes: 10 * 1024 ** 2 },
  '1.5k': { bytes: 1536 },
  '.5t': { bytes: 512 * 1024 ** 3 },
  '1P': { bytes: 1024 ** 5 },
  '1e3': { bytes: 1000 },
  '1_000b': { bytes: 1000 },
  '20%': { percentage: 20 },
  '-5%': { percentage: -5 },
}

for (const [text, size] of Object.entries(READ))
  test(`the size "${text}" is ${JSON.stringify(size)}`, () => assert.deepEqual(parseSize(text), size))

for (const text of [
  '10Gi',
  '1EB',
  '12.5%',
  '80 %',
  '%',
  'GB',
  ' 10GB',
  '10  GB',
  '10GB ',
  '-1',
  '0x10',
  '1,000',
  '10bytes',
])
  test(`the size "${text}" is refused`, () => assert.equal(parseSize(text), undefined))
