import { pathText } from '../../crds/issues/field-path.ts'
import { PATCH_FIELD } from '../patch/patch-field.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { counted } from '../results/findings.ts'
import { PRIVATE_FIELDS, shownValue } from '../results/shown.ts'
import { firstInWords, plural } from '../results/words.ts'
import { TOML_FIELD } from '../toml/values-at.ts'
import { canonicalQuantity } from '../upstream/kubernetes/quantity.ts'
import { type Change, hasChanges } from './changes.ts'
import { type FieldChange, isWithin } from './field-changes.ts'
import type { Found } from './finding-changes.ts'
import type { Shortage } from './quotas.ts'
import type { Roll } from './rolls.ts'

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
  const [old, young] = [valueInWords(before, path), valueInWords(after, path)]
  return { field, change: old === young ? 'changed' : `${old} → ${young}` }
}

const LENGTH_MAX = 80
/** For what may be a secret, or has several lines. */
const HIDDEN = '(not shown)'

function valueInWords(value: unknown, path: FieldChange['path']): string {
  if (value === undefined) return '(not set)'
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

/** Words of ours, and names of the package among them, which a report may set apart. */
export type Words = readonly (string | { readonly name: string })[]

/** `2 builders: template amd64`, `1 builder: template arm64 instead of amd64`, `1 builder: its own fields, with template amd64`. */
export function rollInWords(roll: Roll): Words {
  const count = plural(roll.builders.length, 'builder')
  if (hasReason(roll)) return [`${count}: `, ...reasonOf(roll)]
  const why = roll.isStale
    ? 'the Pods in Git are not up to date; render the package'
    : 'another version of render-buildkit rendered the old Pods'
  return [`${count} of `, ...templatesOf(roll), `: ${why}`]
}

/** `2 builders keep their Pods: template amd64`. */
export function keepingInWords(change: Change): Words {
  const count = change.builders.length
  return [`${plural(count, 'builder')} ${count === 1 ? 'keeps its Pod' : 'keep their Pods'}: `, ...reasonOf(change)]
}

function hasReason(change: Change): boolean {
  return change.formerTemplates !== undefined || hasChanges(change)
}

function reasonOf(change: Change): Words {
  const { builders, formerTemplates, inTemplate } = change
  const now = templatesOf(change)
  if (formerTemplates) return [...now, ' instead of ', { name: firstInWords(formerTemplates) }]
  return inTemplate.length > 0 ? now : [`${builders.length === 1 ? 'its' : 'their'} own fields, with `, ...now]
}

function templatesOf({ templates }: Change): Words {
  return [`template${templates.length === 1 ? '' : 's'} `, { name: firstInWords(templates) }]
}

/** How the Pods of a builder follow each other, where clients notice it. */
export function handoverInWords({ handover }: Roll): readonly string[] {
  return handover === 'Recreate' ? ['Recreate, no new builds until the old Pod has drained'] : []
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
