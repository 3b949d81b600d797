import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveScalar } from '../../../fn/yaml/scalars.ts'

/** As `sigs.k8s.io/yaml` reads them. */
const scalars: readonly (readonly [value: unknown, ...plain: readonly string[]])[] = [
  [null, '', '~', 'null', 'Null', 'NULL'],
  [true, 'true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'],
  [false, 'false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'],
  [420, '420', '0644', '0o644', '0x1a4', '0x1A4', '0b110100100', '+420', '4_2_0'],
  [-8, '-8', '-010', '-0b1000', '-0x8', '-0o10'],
  [1000, '1e3', '1E3', '1e+3', '1_000', '1000.0', '1000.', '+1e3'],
  [0.5, '.5', '0.5', '5e-1', '00.5'],
  [89, '089', '89'],
  [2 ** 64, '18446744073709551616'],
  [Number.POSITIVE_INFINITY, '.inf', '.Inf', '.INF', '+.inf'],
  [Number.NEGATIVE_INFINITY, '-.inf'],
  [Number.NaN, '.nan', '.NaN', '.NAN'],
]

for (const [value, ...plains] of scalars) {
  for (const plain of plains) {
    test(`${JSON.stringify(plain)} is ${String(value)}`, () => {
      assert.deepEqual(resolveScalar(plain), value)
    })
  }
}

const strings =
  'a yEs nULL tRUE trues 12:30 1:30:15 2026-10-05 2026-10-05T12:30:00Z 1.2.3 v1 1a 0xg 0b2 -.nan - -- + . .. 1e 10m 1Gi << =  10.0.0.0/8'.split(
    ' ',
  )

for (const plain of strings.filter((one) => one !== '')) {
  test(`${JSON.stringify(plain)} is a string`, () => {
    assert.equal(resolveScalar(plain), plain)
  })
}
