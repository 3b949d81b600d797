import { grouped } from '../common/collections.ts'
import type { Wanted } from '../render/plan.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { firstInWords } from '../results/words.ts'
import { parseQuantity } from '../upstream/kubernetes/quantity.ts'
import type { NamedPair } from './at-once.ts'
import { cacheOf } from './cache-of.ts'
import { podsOf } from './one-pod.ts'

/** Builders whose claims get another size. */
export interface ClaimResize {
  readonly before: string
  readonly after: string
  /** An API server refuses that. */
  readonly isShrink: boolean
  readonly builders: readonly string[]
  /** How many claims these builders have that get another size. */
  readonly claims: number
}

/** The claims that stay and get another size, those with the same sizes together. */
export function claimResizes(pairs: readonly NamedPair[]): readonly ClaimResize[] {
  return [...grouped(resizedIn(pairs), ({ before, after }) => `${before} ${after}`).values()].map((group) => {
    const [{ before, after, isShrink }] = group
    return { before, after, isShrink, builders: group.map(({ name }) => name), claims: claimsIn(group) }
  })
}

/** An error for each template and size from which claims would have to shrink. */
export function shrinkFindings(pairs: readonly NamedPair[]): readonly Finding[] {
  const shrinking = resizedIn(pairs).filter(({ isShrink }) => isShrink)
  return [...grouped(shrinking, ({ young }) => young.builder.template.item)].flatMap(([item, ofTemplate]) =>
    [...grouped(ofTemplate, ({ before }) => before)].map(([before, group]) => {
      const claims = `the ${claimsIn(group) === 1 ? 'claim' : 'claims'} of ${firstInWords(group.map(({ name }) => name))}`
      const message = `must be at least ${before}, because ${claims} cannot shrink, got ${group[0].after}`
      return fieldFinding('error', item, { path: ['spec', 'cache', 'claim', 'size'], message })
    }),
  )
}

interface Resized {
  readonly name: string
  readonly young: Wanted
  readonly claims: number
  readonly before: string
  readonly after: string
  readonly isShrink: boolean
}

function resizedIn(pairs: readonly NamedPair[]): readonly Resized[] {
  return pairs.flatMap(({ name, before: old, after: young }) => {
    const [before, after] = [old, young].map((wanted) => wanted && sizeOf(wanted))
    if (!old || !young || before === undefined || after === undefined || amountOf(before) === amountOf(after)) return []
    const places = new Set(podsOf(old).map((one) => cacheOf(one).place))
    const claims = podsOf(young).filter((one) => places.has(cacheOf(one).place)).length
    if (claims === 0) return []
    return [{ name, young, claims, before, after, isShrink: amountOf(after) < amountOf(before) }]
  })
}

function claimsIn(resized: readonly Resized[]): number {
  return resized.reduce((sum, { claims }) => sum + claims, 0)
}

function sizeOf({ builder }: Wanted): string | undefined {
  const size = builder.template.value.spec.cache?.claim?.size
  return size === undefined ? undefined : String(size)
}

function amountOf(size: string): bigint {
  return parseQuantity(size)?.amount ?? 0n
}
