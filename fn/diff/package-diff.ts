import { isRoll, type NamedPair } from './at-once.ts'
import { fateOfRemoved } from './cache-of.ts'
import { type Change, changedFields, hasChanges, templateNames, togetherAlike } from './changes.ts'
import { type ClaimResize, claimResizes } from './claim-sizes.ts'
import { demandOf, type PoolDemand } from './demand.ts'
import { type FieldChange, fieldChanges } from './field-changes.ts'
import { type FindingChanges, findingChanges } from './finding-changes.ts'
import { type FormerCache, formerCache } from './former-cache.ts'
import { type Costs, costsOf, type PriceList } from './prices.ts'
import { type Shortage, shortagesOf } from './quotas.ts'
import { type Roll, rollsOf } from './rolls.ts'
import { type Scaling, scalingsOf } from './scalings.ts'
import type { Side } from './side.ts'
import { type Wave, wavesOf } from './waves.ts'

/** What a change of a package does to its builders. */
export interface PackageDiff {
  /** Builders that both versions have, without those that cannot be compared. */
  readonly builders: number
  /** Builders that get another Pod, those for the same reasons together; the most builders first. */
  readonly rolls: readonly Roll[]
  /** Builders that change and keep their Pods, in the same way. */
  readonly keeping: readonly Change[]
  /** Builders that get another number of Pods, whether they roll or not. */
  readonly scalings: readonly Scaling[]
  /** The order of the rolls under Argo CD; one wave where nothing asks for more. */
  readonly waves: readonly Wave[]
  /** By `namespace/name`, in the order of names. */
  readonly added: readonly string[]
  readonly removed: readonly Removed[]
  /** Builders that one version does not render, because of its errors. */
  readonly incomparable: readonly string[]
  readonly unchanged: number
  readonly resizes: readonly ClaimResize[]
  /** Of the package's RenderBuildkit or ConfigMap. */
  readonly settings: readonly FieldChange[]
  readonly demand: readonly PoolDemand[]
  readonly shortages: readonly Shortage[]
  readonly findings: FindingChanges
  /** Missing without a price list. */
  readonly costs?: Costs
}

interface Removed {
  readonly builder: string
  readonly cache: FormerCache
}

/** How many builders such changes are of. */
export function buildersIn(changes: readonly Pick<Change, 'builders'>[]): number {
  return changes.reduce((sum, { builders }) => sum + builders.length, 0)
}

/** What is different between two sides. */
export function packageDiff(before: Side, after: Side, prices?: PriceList): PackageDiff {
  const pairs = pairsOf(before, after)
  const demand = demandOf(pairs)
  return {
    builders: pairs.filter((pair) => pair.before && pair.after).length,
    ...changesOf(pairs, before.cacheLimits),
    added: pairs.filter((pair) => !pair.before).map(({ name }) => name),
    removed: pairs.flatMap(({ name, before: old, after: young }) =>
      old && !young
        ? [{ builder: name, cache: formerCache(old, { limits: before.cacheLimits, fate: fateOfRemoved(old) }) }]
        : [],
    ),
    incomparable: [...incomparableOf(before, after)].sort(),
    settings: before.settings && after.settings ? fieldChanges(before.settings, after.settings, []) : [],
    demand,
    shortages: shortagesOf(after.quotas, pairs),
    findings: findingChanges(before, after),
    ...(prices && { costs: costsOf(demand, prices) }),
  }
}

/** The builders that can be compared, in the order of names. */
export function pairsOf(before: Side, after: Side): readonly NamedPair[] {
  const incomparable = incomparableOf(before, after)
  return [...new Set([...before.builders.keys(), ...after.builders.keys()])]
    .filter((name) => !incomparable.has(name))
    .sort()
    .map((name) => ({ name, before: before.builders.get(name), after: after.builders.get(name) }))
}

/** What cannot be rendered in one version, or is missing where that cannot be read as a whole. */
function incomparableOf(before: Side, after: Side): ReadonlySet<string> {
  const missing = (side: Side, other: Side) =>
    other.isWhole ? [] : [...side.builders.keys()].filter((name) => !other.builders.has(name))
  return new Set([...before.unrendered, ...after.unrendered, ...missing(before, after), ...missing(after, before)])
}

type Changes = Pick<PackageDiff, 'rolls' | 'keeping' | 'scalings' | 'waves' | 'unchanged' | 'resizes'>

/** What happens to the builders that both versions have. */
function changesOf(pairs: readonly NamedPair[], limits: Side['cacheLimits']): Changes {
  const nameOf = templateNames(pairs.flatMap(({ before, after }) => [before, after].filter((one) => one !== undefined)))
  const fieldsOf = changedFields()
  const all = pairs.flatMap(({ name, before: old, after: young }) => {
    if (!old || !young) return []
    const both = { name, old, young }
    return [{ both, isRoll: isRoll({ before: old, after: young }), more: fieldsOf(both) }]
  })
  const rolling = all.filter((one) => one.isRoll)
  const staying = all.filter((one) => !one.isRoll)
  const changed = staying.filter(({ more }) => hasChanges(more))
  const resizes = claimResizes(pairs)
  const scalings = scalingsOf(
    all.map(({ both }) => both),
    limits,
  )
  const others = new Set([...resizes, ...scalings].flatMap(({ builders }) => builders))
  return {
    rolls: rollsOf(rolling, { limits, nameOf }),
    keeping: togetherAlike(changed, nameOf),
    scalings,
    waves: wavesOf(
      rolling.map(({ both }) => both.young),
      nameOf,
    ),
    unchanged: staying.filter(({ both, more }) => !hasChanges(more) && !others.has(both.name)).length,
    resizes,
  }
}
