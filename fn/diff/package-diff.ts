import { pathText } from '../../crds/issues/field-path.ts'
import { grouped } from '../common/collections.ts'
import type { Wanted } from '../render/plan.ts'
import { isInTurn, isRoll } from './at-once.ts'
import { type CacheFate, type CacheKind, cacheOf, fateOf, fateOfRemoved } from './cache-of.ts'
import { type ClaimResize, claimResizes } from './claim-sizes.ts'
import { demandOf, type PoolDemand } from './demand.ts'
import { type FieldChange, fieldChanges } from './field-changes.ts'
import { type FindingChanges, findingChanges } from './finding-changes.ts'
import { type Costs, costsOf, type PriceList } from './prices.ts'
import { type Shortage, shortagesOf } from './quotas.ts'
import type { Side } from './side.ts'
import { type Wave, wavesOf } from './waves.ts'

/** What a change of a package does to its builders. */
export interface PackageDiff {
  /** Builders that get another Pod, those for the same reasons together; the most builders first. */
  readonly rolls: readonly Roll[]
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

/** Builders that roll for the same reasons. */
export interface Roll {
  readonly builders: readonly string[]
  /** The template that they have now, and the one that they had if that is another. */
  readonly template: string
  readonly formerTemplate?: string
  /** In the template, and in the Buildkits. */
  readonly inTemplate: readonly FieldChange[]
  readonly inBuildkits: readonly FieldChange[]
  readonly cache: CacheChange
  /** Whether the next Pod of a builder waits until the last has ended. */
  readonly isInTurn: boolean
}

export interface CacheChange {
  readonly before: CacheKind
  readonly after: CacheKind
  readonly fate: CacheFate
  /** Of one builder at most, before; missing where nothing limits it. */
  readonly bytes?: number
}

interface Removed {
  readonly builder: string
  readonly cache: CacheKind
  readonly fate: CacheFate
}

/** How many builders roll. */
export function buildersIn(rolls: readonly Roll[]): number {
  return rolls.reduce((sum, { builders }) => sum + builders.length, 0)
}

/** What is different between two sides. */
export function packageDiff(before: Side, after: Side, prices?: PriceList): PackageDiff {
  const incomparable = incomparableOf(before, after)
  const names = [...new Set([...before.builders.keys(), ...after.builders.keys()])]
    .filter((name) => !incomparable.has(name))
    .sort()
  const pairs = names.map((name) => ({ name, before: before.builders.get(name), after: after.builders.get(name) }))
  const both = pairs.flatMap(({ name, before: old, after: young }) => (old && young ? [{ name, old, young }] : []))
  const rolling = both.filter(({ old, young }) => isRoll({ before: old, after: young }))
  const gone = pairs.flatMap(({ name, before: old, after: young }) => (old && !young ? [{ name, old }] : []))
  const demand = demandOf(pairs)
  return {
    rolls: rollsOf(rolling, before.cacheLimits),
    waves: wavesOf(rolling.map(({ young }) => young)),
    added: pairs.filter((pair) => !pair.before).map(({ name }) => name),
    removed: gone.map(({ name, old }) => ({ builder: name, cache: cacheOf(old).kind, fate: fateOfRemoved(old) })),
    incomparable: [...incomparable].sort(),
    unchanged: both.length - rolling.length,
    resizes: claimResizes(pairs),
    settings: fieldChanges(before.settings, after.settings, []),
    demand,
    shortages: shortagesOf(after.quotas, pairs),
    findings: findingChanges(before.findings, after.findings),
    ...(prices && { costs: costsOf(demand, prices) }),
  }
}

/** What cannot be rendered in one version, or is missing where that cannot be read as a whole. */
function incomparableOf(before: Side, after: Side): ReadonlySet<string> {
  const missing = (side: Side, other: Side) =>
    other.isWhole ? [] : [...side.builders.keys()].filter((name) => !other.builders.has(name))
  return new Set([...before.unrendered, ...after.unrendered, ...missing(before, after), ...missing(after, before)])
}

interface Rolling {
  readonly name: string
  readonly old: Wanted
  readonly young: Wanted
}

function rollsOf(rolling: readonly Rolling[], limits: Side['cacheLimits']): readonly Roll[] {
  const changesOf = templateChanges()
  const all = rolling.map((one) => ({ name: one.name, roll: rollOf(one, changesOf, limits) }))
  const groups = [...grouped(all, ({ roll }) => keyOf(roll)).values()]
  return groups
    .flatMap(([first, ...others]) =>
      first ? [{ ...first.roll, builders: [first, ...others].map(({ name }) => name) }] : [],
    )
    .sort((a, b) => b.builders.length - a.builders.length)
}

type ChangesOf = (old: Wanted, young: Wanted) => readonly FieldChange[]

/** Compares two templates once: thousands of builders may have them. */
function templateChanges(): ChangesOf {
  const known = new Map<object, Map<object, readonly FieldChange[]>>()
  return ({ builder: old }, { builder: young }) => {
    const [a, b] = [old.template.value, young.template.value]
    const byYoung = known.get(a) ?? new Map<object, readonly FieldChange[]>()
    known.set(a, byYoung)
    const changes = byYoung.get(b) ?? fieldChanges(a.spec, b.spec, ['spec'])
    byYoung.set(b, changes)
    return changes
  }
}

function rollOf({ old, young }: Rolling, changesOf: ChangesOf, limits: Side['cacheLimits']): Roll {
  const [before, after] = [old, young].map(({ builder }) => builder.template.value.metadata.name) as [string, string]
  const [oldCache, newCache] = [cacheOf(old), cacheOf(young)]
  const bytes = limits.get(old.builder.template)
  return {
    builders: [],
    template: after,
    ...(before !== after && { formerTemplate: before }),
    inTemplate: changesOf(old, young),
    inBuildkits: buildkitChanges(old, young),
    cache: {
      before: oldCache.kind,
      after: newCache.kind,
      fate: fateOf(oldCache, newCache),
      ...(bytes !== undefined && { bytes }),
    },
    isInTurn: isInTurn(young),
  }
}

/** Without what rendering writes, and the name of the template, which a roll has. */
function buildkitChanges({ builder: old }: Wanted, { builder: young }: Wanted): readonly FieldChange[] {
  const [a, b] = [old, young].map(({ buildkit }) => {
    const { template, podName, ...rest } = buildkit.value.spec
    return rest
  })
  return fieldChanges(a, b, ['spec'])
}

/** Equal for rolls that are one entry. */
function keyOf({ builders, inTemplate, inBuildkits, ...roll }: Roll): string {
  const changes = [inTemplate, inBuildkits].map((list) => list.map(changeKey))
  return JSON.stringify([changes, roll])
}

function changeKey({ path, before, after }: FieldChange): readonly string[] {
  return [pathText(path), String(JSON.stringify(before, withBigInts)), String(JSON.stringify(after, withBigInts))]
}

function withBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
