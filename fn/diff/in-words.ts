import { pathText } from '../../crds/issues/field-path.ts'
import { grouped } from '../common/collections.ts'
import { PATCH_FIELD } from '../patch/patch-field.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { counted } from '../results/findings.ts'
import { PRIVATE_FIELDS, shownValue } from '../results/shown.ts'
import { firstInWords, plural } from '../results/words.ts'
import { TOML_FIELD } from '../toml/values-at.ts'
import { byteText } from '../upstream/buildkit/amount.ts'
import { canonicalQuantity } from '../upstream/kubernetes/quantity.ts'
import type { CacheFate, CacheKind } from './cache-of.ts'
import type { Change } from './changes.ts'
import type { ClaimResize } from './claim-sizes.ts'
import type { Amounts, PoolDemand } from './demand.ts'
import { type FieldChange, isWithin } from './field-changes.ts'
import type { Found } from './finding-changes.ts'
import type { PackageDiff } from './package-diff.ts'
import type { Costs } from './prices.ts'
import type { Shortage } from './quotas.ts'
import type { CacheChange, Roll } from './rolls.ts'
import type { Scaling } from './scalings.ts'

/** A changed field in the words of its manifest: `image`, `v0.33.0 → v0.34.2`. */
export interface ChangeInWords {
  readonly field: string
  readonly change: string
}

/** A setting of buildkitd goes by its keys alone: `worker.oci.gcpolicy[1].maxUsedSpace`. */
export function changeInWords({ path, before, after, isLayout }: FieldChange): ChangeInWords {
  const outside =
    path.length > TOML_FIELD.length && isWithin(TOML_FIELD, path) ? TOML_FIELD.length : Number(path[0] === 'spec')
  const field = pathText(path.slice(outside))
  if (isLayout) return { field, change: 'changed in comments or layout only' }
  if (before === undefined) return { field, change: `added ${valueInWords(after, path)}` }
  if (after === undefined) return { field, change: `removed, was ${valueInWords(before, path)}` }
  const [old, young] = [valueInWords(before, path), valueInWords(after, path)]
  return { field, change: old === young ? 'changed' : `${old} → ${young}` }
}

const LENGTH_MAX = 80
/** For what may be a secret, or has several lines. */
const HIDDEN = '(not shown)'

function valueInWords(value: unknown, path: FieldChange['path']): string {
  const isPatch = isWithin(PATCH_FIELD, path)
  if (isPatch && path.some(isPrivate)) return HIDDEN
  if (typeof value === 'bigint' || value instanceof Date) return String(value)
  const plain = JSON.parse(JSON.stringify(value, isPatch ? withoutPrivate : withoutBigInts))
  const shown = shownValue(plain, path)
  if (shown === undefined) return HIDDEN
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown)
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX - 1)}…` : text
}

function withoutPrivate(key: string, value: unknown): unknown {
  return isPrivate(key) ? HIDDEN : withoutBigInts(key, value)
}

function withoutBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

/** What a container of a patch has there may be a secret, whatever it is called. */
function isPrivate(key: string | number): boolean {
  return PRIVATE_FIELDS.includes(String(key))
}

/** Where a cache is, in words. */
export const CACHES: Readonly<Record<CacheKind, string>> = {
  emptyDir: 'emptyDir',
  ephemeral: 'volume of the Pod',
  claim: 'PersistentVolumeClaim',
  hostPath: 'folder of the node',
}

/** `kept (PersistentVolumeClaim)`, `lost (emptyDir), up to 80 GiB each`. */
export function cacheInWords({ before, after, fate, bytes }: CacheChange): string {
  const kinds = before === after ? CACHES[before] : `${CACHES[before]} → ${CACHES[after]}`
  const size = fate === 'lost' && bytes !== undefined ? `, up to ${byteText(bytes)} each` : ''
  return `${fate} (${kinds})${size}`
}

/** `template amd64`, `template arm64 instead of amd64`, `their own fields, with templates a/amd64 and b/amd64`. */
export function causeOf({ templates, formerTemplates, inTemplate, inBuildkits }: Change): string {
  const now = `template${templates.length === 1 ? '' : 's'} ${firstInWords(templates)}`
  if (formerTemplates) return `${now} instead of ${firstInWords(formerTemplates)}`
  if (inTemplate.length > 0) return now
  return inBuildkits.length > 0
    ? `their own fields, with ${now}`
    : `Pods that another version rendered, or that were not rendered after the last change, with ${now}`
}

/** How the Pods of a builder follow each other, where clients notice it. */
export function handoverInWords({ handover }: Roll): readonly string[] {
  return handover === 'Recreate' ? ['Recreate, no new builds until the old Pod has drained'] : []
}

/** `2 builders keep their Pods`. */
export function keepingInWords({ builders }: Change): string {
  return `${plural(builders.length, 'builder')} ${builders.length === 1 ? 'keeps its Pod' : 'keep their Pods'}`
}

/** Each once, those first that every builder has. */
export function resourceNames(all: readonly string[]): readonly string[] {
  const names = new Set(all)
  const first = ['cpu', 'memory', 'ephemeral-storage']
  return [...first.filter((name) => names.has(name)), ...[...names].filter((name) => !first.includes(name)).sort()]
}

/** What builders request where the change moves it: nodes, resource, and the amounts before, during and after the roll. */
export function demandRows(demand: readonly PoolDemand[]): readonly (readonly [nodes: string, ...string[]])[] {
  return demand.filter(isMoved).flatMap(({ nodes, before, during, after }) => {
    const names = resourceNames([...before.keys(), ...during.keys(), ...after.keys()])
    return names.map((name) => [nodes, name, ...[before, during, after].map((one) => amountOf(one, name))] as const)
  })
}

export function amountOf(amounts: Amounts, name: string): string {
  const quantity = amounts.get(name)
  return quantity ? canonicalQuantity(quantity) : '0'
}

/** Whether the change moves what builders request. */
function isMoved({ before, during, after }: PoolDemand): boolean {
  const names = new Set([...before.keys(), ...during.keys(), ...after.keys()])
  return [...names].some((name) => {
    const amounts = [before, during, after].map((amounts_) => amounts_.get(name)?.amount ?? 0n)
    return amounts[0] !== amounts[1] || amounts[1] !== amounts[2]
  })
}

/** `2 claims grow from 100Gi to 200Gi`, `1 claim cannot shrink from 200Gi to 100Gi`. */
export function resizeInWords({ before, after, isShrink, claims }: ClaimResize): string {
  const grows = claims === 1 ? 'grows' : 'grow'
  return `${plural(claims, 'claim')} ${isShrink ? 'cannot shrink' : grows} from ${before} to ${after}`
}

/** `2 builders grow from 1 to 3 replicas`, `1 builder shrinks from 3 to 1 replica, cache of each removed Pod: lost (emptyDir)`. */
export function scalingInWords({ builders, before, after, cache }: Scaling): string {
  const [grow, shrink] = builders.length === 1 ? ['grows', 'shrinks'] : ['grow', 'shrink']
  const caches = cache ? `, cache of each removed Pod: ${cacheInWords(cache)}` : ''
  return `${plural(builders.length, 'builder')} ${cache ? shrink : grow} from ${before} to ${plural(after, 'replica')}${caches}`
}

/** Builders that leave Git, by what becomes of their caches. */
export function removedInWords(
  removed: PackageDiff['removed'],
): readonly (readonly [title: string, names: readonly string[]])[] {
  const titles: Readonly<Record<CacheFate, string>> = {
    lost: 'removed, with the cache',
    kept: 'removed, whose claim stays in the cluster',
    'kept on the same node': 'removed, whose cache stays in a folder of the node',
  }
  return [...grouped(removed, ({ fate }) => fate)].map(([fate, group]) => [
    `${plural(group.length, 'builder')} ${titles[fate]}`,
    group.map(({ builder }) => builder),
  ])
}

/** `builders/quota: requests.cpu must be at least 24 during the roll, while both Pods of a builder count, and 12 after it, got 16`. */
export function shortageInWords({ quota, resource, hard, during, after }: Shortage): string {
  const [least, then, is] = [during, after, hard].map(canonicalQuantity)
  return `${quota}: ${resource} must be at least ${least} during the roll, while both Pods of a builder count, and ${then} after it, got ${is}`
}

/** Each message once, with its object and its place. */
export function findingLines({ findings, items }: Found): readonly string[] {
  return placed(counted(findings), items).map(lineOfPlaced)
}

/** `Requests cost 1,310 EUR a month instead of 1,200, and 3.2 EUR more for each hour of the roll.` */
export function costsInWords({ currency, before, after, rollHour, unpriced }: Costs): string {
  const change = before === after ? ', as before' : ` instead of ${money(before)}`
  const roll = rollHour > 0 ? `, and ${money(rollHour)} ${currency} more for each hour of the roll` : ''
  const nodes = unpriced.map((one) => (one ? `nodes with ${one}` : 'builders without a nodeSelector')).join('; ')
  const missing = nodes && ` The price list has no price for ${nodes}; they are not in the sum.`
  return `Requests cost ${money(after)} ${currency} a month${change}${roll}.${missing}`
}

/** With three digits at least; the same for every locale. */
function money(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 })
}
