import { pathText } from '../../crds/issues/field-path.ts'
import { grouped } from '../common/collections.ts'
import type { Finding } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import { lineOf } from '../results/results.ts'
import { PRIVATE_FIELDS, shownValue } from '../results/shown.ts'
import { listed, plural } from '../results/words.ts'
import { byteText } from '../upstream/buildkit/amount.ts'
import { canonicalQuantity } from '../upstream/kubernetes/quantity.ts'
import type { CacheFate, CacheKind } from './cache-of.ts'
import type { ClaimResize } from './claim-sizes.ts'
import type { Amounts, PoolDemand } from './demand.ts'
import type { FieldChange } from './field-changes.ts'
import type { CacheChange, PackageDiff, Roll } from './package-diff.ts'
import type { Costs } from './prices.ts'
import type { Shortage } from './quotas.ts'

const TOML_FIELD = 'buildkitdToml'
const PATCH_FIELD = 'podSpecPatch'

/** A changed field in the words of its manifest: `image`, `v0.33.0 → v0.34.2`. */
export interface ChangeInWords {
  readonly field: string
  readonly change: string
}

/** A setting of buildkitd goes by its keys alone: `worker.oci.gcpolicy[1].maxUsedSpace`. */
export function changeInWords({ path, before, after, isLayout }: FieldChange): ChangeInWords {
  const inSpec = path[0] === 'spec' ? path.slice(1) : path
  const isSetting = inSpec[0] === TOML_FIELD && inSpec.length > 1
  const field = pathText(isSetting ? inSpec.slice(1) : inSpec)
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
  const isPatch = path.includes(PATCH_FIELD)
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

/** `template amd64`, `template arm64 instead of amd64`, `their own fields, with template amd64`. */
export function causeOf({ template, formerTemplate, inTemplate, inBuildkits }: Roll): string {
  if (formerTemplate !== undefined) return `template ${template} instead of ${formerTemplate}`
  if (inTemplate.length > 0) return `template ${template}`
  return inBuildkits.length > 0
    ? `their own fields, with template ${template}`
    : `Pods that another version rendered, or that were not rendered after the last change, with template ${template}`
}

const SHOWN_MAX = 8

/** All of few names, or the first of many and the number of the others. */
export function namesInWords(names: readonly string[]): string {
  if (names.length <= SHOWN_MAX) return listed(names)
  return `${names.slice(0, SHOWN_MAX).join(', ')} and ${names.length - SHOWN_MAX} more`
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
export function resizeInWords({ before, after, isShrink, builders }: ClaimResize): string {
  const grows = builders.length === 1 ? 'grows' : 'grow'
  return `${plural(builders.length, 'claim')} ${isShrink ? 'cannot shrink' : grows} from ${before} to ${after}`
}

/** Builders that leave Git, by what becomes of their caches. */
export function removedInWords(
  removed: PackageDiff['removed'],
): readonly (readonly [title: string, names: readonly string[]])[] {
  const titles: Readonly<Record<CacheFate, string>> = {
    lost: 'removed, with the cache',
    kept: 'removed, whose claim stays in the cluster',
    'kept on the same node': 'removed, whose cache stays on the node',
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

/** Each message once, with its object. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  return counted(findings).map((one) => lineOf(one))
}

/** `Requests cost 1,310 EUR a month instead of 1,200, and 3.2 EUR for each hour of the roll.` */
export function costsInWords({ currency, before, after, rollHour, unpriced }: Costs): string {
  const change = before === after ? ', as before' : ` instead of ${money(before)}`
  const roll = rollHour > 0 ? `, and ${money(rollHour)} ${currency} for each hour of the roll` : ''
  const missing =
    unpriced.length > 0 ? ` No price is for nodes with ${unpriced.map((one) => one || 'any labels').join('; ')}.` : ''
  return `Requests cost ${money(after)} ${currency} a month${change}${roll}.${missing}`
}

/** With three digits at least; the same for every locale. */
function money(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 })
}
