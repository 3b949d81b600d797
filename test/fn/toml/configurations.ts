import fc from 'fast-check'
import { keyText } from '../../../fn/results/toml-texts.ts'
import { BUILDKITD_KEYS } from '../../../fn/upstream/buildkit/buildkitd-keys.ts'
import type { Shape } from '../../../fn/upstream/buildkit/shape.ts'

/** Values that fit each type, and some that nearly do. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  string: ['""', '"text"', "'x'", '"""a\nb"""'],
  boolean: ['true', 'false'],
  integer: ['0', '1', '-1', '0x1f', '1_000', '9223372036854775807', '9223372036854775808'],
  unsigned: ['0', '12', '-1', '18446744073709551615'],
  duration: [
    '"48h"',
    '"1h30m"',
    '"7d"',
    '3600',
    '-5',
    '3_600',
    '1.5',
    '0x10',
    '""',
    '"90"',
    '"1.5h"',
    'true',
    '\'"1h"\'',
  ],
  size: ['"10GB"', '"10Gi"', '"20%"', '"2.5%"', '1024', '1_024', '-1', '1.5', '0b1', '"1.5 k"', '""', 'nan', 'false'],
  anything: ['1', '"x"', '[1, "x"]', '{a = 1}'],
  other: ['[]', '["x"]', '[1]', '{}', '{x = 1}', '[{}]', '1979-05-27', '07:32:00', '1e3', 'inf'],
}

/** Documents that are nearly configurations of buildkitd. */
export function configurations(): fc.Arbitrary<string> {
  return fc.array(statement(), { minLength: 1, maxLength: 4 }).map((statements) => statements.join('\n'))
}

function statement(): fc.Arbitrary<string> {
  return fc
    .record({
      leaf: fc.constantFrom(...leaves(BUILDKITD_KEYS, [])),
      depth: fc.integer({ min: 0, max: 9 }),
      isList: fc.boolean(),
      isMisspelt: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      isShouted: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      isOdd: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      pick: fc.nat(),
    })
    .map(({ leaf, depth, isList, isMisspelt, isShouted, isOdd, pick }) => {
      const keys = leaf.path.map((key, at) =>
        spelled(key, { isMisspelt: isMisspelt && at === pick % leaf.path.length, isShouted }),
      )
      const split = Math.min(depth, keys.length)
      const header = keyText(keys.slice(0, split))
      const value = valueFor(isOdd ? 'other' : leaf.type, pick)
      const rest = keys.slice(split)
      const hasList = isList && leaf.lists.includes(split)
      const head = header && (hasList || (isOdd && isList) ? `[[${header}]]\n` : `[${header}]\n`)
      return rest.length === 0 ? head : `${head}${keyText(rest)} = ${leaf.isList && !isOdd ? `[${value}]` : value}`
    })
}

function spelled(
  key: string,
  { isMisspelt, isShouted }: { readonly isMisspelt: boolean; readonly isShouted: boolean },
): string {
  if (isMisspelt) return `${key}x`
  return isShouted ? key.toUpperCase() : key
}

function valueFor(type: string, pick: number): string {
  const values = VALUES[type] as readonly string[]
  return values[pick % values.length] as string
}

interface Leaf {
  readonly path: readonly string[]
  readonly type: string
  readonly isList: boolean
  /** After how many keys a list of tables begins. */
  readonly lists: readonly number[]
}

function leaves(shape: Shape, path: readonly string[], lists: readonly number[] = []): readonly Leaf[] {
  if (typeof shape === 'string') return [{ path, type: shape, isList: false, lists }]
  if ('list' in shape) {
    if (typeof shape.list === 'string') return [{ path, type: shape.list, isList: true, lists }]
    return leaves(shape.list, path, [...lists, path.length])
  }
  if ('each' in shape) return leaves(shape.each, [...path, 'docker.io'], lists)
  return Object.entries(shape.keys).flatMap(([key, inner]) => leaves(inner, [...path, key], lists))
}
