import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalQuantity, parseQuantity, type Quantity } from '../../../../fn/upstream/kubernetes/quantity.ts'

/** As `k8s.io/apimachinery/pkg/api/resource` writes them. */
const canonical: readonly (readonly [stored: string, ...written: readonly (string | number)[]])[] = [
  ['0', '0', 0, '0Gi', '-0', '0.0m'],
  ['1', '1', 1, '1000m', '+1', '1.', '1000000u', '0.001k'],
  ['500m', '0.5', 0.5, '.5', '500m'],
  ['1500m', '1.5', '1500m'],
  ['-1500m', '-1.5'],
  ['8', '8', 8],
  ['1k', '1000', '1k'],
  ['1500', '1500', '1.5k'],
  ['1G', '1G', '1000M', '1000000000'],
  ['1Ki', '1Ki'],
  ['1Gi', '1Gi', '1024Mi', '1048576Ki'],
  ['1000Mi', '1000Mi'],
  ['1536Mi', '1.5Gi'],
  ['512Ki', '0.5Mi'],
  ['512', '0.5Ki', 512],
  ['1181116006400m', '1.1Gi'],
  ['2Ei', '2Ei'],
  ['3E', '3E', '3000P'],
  ['1e3', '1e3', '1E3', '1000e0'],
  ['12e6', '12e6', '12000e3'],
  ['1500', '1.5e3'],
  ['1n', '1n', '0.1n', '0.0000000001'],
  ['420203968k', '410355437.5Ki'],
]

for (const [stored, ...written] of canonical) {
  for (const source of written) {
    test(`${JSON.stringify(source)} is stored as ${stored}`, () => {
      assert.equal(canonicalQuantity(parseQuantity(source) as Quantity), stored)
    })
  }
}

for (const source of ['', 'abc', '1 Gi', '1Q', 'Gi', '1e', '--1', '1.2.3', '1KiB', '.', ' 1', '1K', '0x10', '1e1.5']) {
  test(`${JSON.stringify(source)} is no quantity`, () => {
    assert.equal(parseQuantity(source), undefined)
  })
}

test('what is stored is the same quantity, and is stored as it is', () => {
  const suffixes = [
    '',
    'n',
    'u',
    'm',
    'k',
    'Ki',
    'M',
    'Mi',
    'G',
    'Gi',
    'T',
    'Ti',
    'P',
    'Pi',
    'E',
    'Ei',
    'e3',
    'E-3',
    'e0',
  ]
  const sources = fc
    .tuple(fc.constantFrom('', '-', '+'), fc.nat(), fc.option(fc.nat({ max: 999 })), fc.constantFrom(...suffixes))
    .map(([sign, whole, fraction, suffix]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${suffix}`)
  fc.assert(
    fc.property(sources, (source) => {
      const quantity = parseQuantity(source) as Quantity
      const stored = canonicalQuantity(quantity)
      assert.equal(parseQuantity(stored)?.amount, quantity.amount)
      assert.equal(canonicalQuantity(parseQuantity(stored) as Quantity), stored)
    }),
    { numRuns: 1000 },
  )
})
