import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meantQuantities } from '../../crds/meant-quantity.ts'

const meant: Readonly<Record<string, readonly string[]>> = {
  '8GB': ['8G', '8Gi'],
  '16Gb': ['16G', '16Gi'],
  '1.5 tb': ['1.5T', '1.5Ti'],
  '64kB': ['64k', '64Ki'],
  '512mb': ['512M', '512Mi'],
  '8gi': ['8Gi'],
  '8GiB': ['8Gi'],
  '8 Gi': ['8Gi'],
  '500 m': ['500m'],
  lots: [],
  '8XB': [],
}

for (const [text, quantities] of Object.entries(meant)) {
  test(`of "${text}" it is known what may be meant`, () => {
    assert.deepEqual(meantQuantities(text), quantities)
  })
}
