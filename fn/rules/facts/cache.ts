import { CONTAINER } from '../../../crds/names.ts'
import type { Path } from '../../../crds/validate.ts'
import { oncePer } from '../../common/collections.ts'
import { isMapping } from '../../input/item.ts'
import { elementsAt, type TomlValue, valueAt } from '../../toml/values-at.ts'
import { amountOf } from '../../upstream/buildkit/amount.ts'
import { AMOUNT_KEYS, type GcConfig, gcConfig, NO_GC } from '../../upstream/buildkit/gc-config.ts'
import { isUnconditional } from '../../upstream/buildkit/policies.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { parseSize } from '../../upstream/buildkit/sizes.ts'
import { canonicalQuantity, parseQuantity } from '../../upstream/kubernetes/quantity.ts'
import { isBefore } from '../../upstream/version.ts'
import type { BuilderFacts, TemplateFacts } from './facts.ts'

/**
 * The garbage collection of a template's builders, which every rule about the cache asks for; none of a worker that is not ours, or a
 * BuildKit that is older than its amounts, or of amounts that are none.
 */
export const gcOf = oncePer(read)

function read({ settings, image }: TemplateFacts): GcConfig {
  const isOurs = !isBefore(image.version, '0.17') && valueAt(settings, ['worker', 'oci', 'enabled'])?.value !== false
  return isOurs && !isMisspelt(settings) ? gcConfig(settings) : NO_GC
}

/** Whether an amount is none, so that nobody knows what is meant: buildkitd does not start with it (BK104). */
function isMisspelt(settings: TemplateFacts['settings']): boolean {
  const tables = [valueAt(settings, ['worker', 'oci']), ...elementsAt(settings, ['worker', 'oci', 'gcpolicy'])]
  const keys = [...AMOUNT_KEYS, 'gckeepstorage', 'keepBytes']
  const values = tables.flatMap((table) => (table ? keys.map((key) => valueAt(table, [key])?.value) : []))
  return values.some((value) => typeof value === 'string' && parseSize(value) === undefined)
}

/** An amount of disk, or of memory, that the cache must fit in. */
interface Room {
  /** As the Pod has it. */
  readonly text: string
  readonly bytes: number
}

/** The disk of the node that builders may use before the kubelet evicts them. */
export interface StorageLimit extends Room {
  /** What it is, in words: "the limit 50Gi for `ephemeral-storage`". */
  readonly words: string
}

/** The smaller of the limits on a cache that is a folder of the node's disk: on it, and on all that the container writes. */
export function storageLimit({ blueprint, template }: BuilderFacts): StorageLimit | undefined {
  const { cache } = template.spec
  if (cache && (!cache.emptyDir || cache.emptyDir.medium === 'Memory')) return undefined
  const limits = [
    limitOf(ephemeralStorageIn(blueprint.spec), (text) => `the limit ${text} for \`ephemeral-storage\``),
    limitOf(cache?.emptyDir?.sizeLimit, (text) => `the \`sizeLimit\` ${text} of the emptyDir`),
  ]
  return limits.filter((limit) => limit !== undefined).sort((a, b) => a.bytes - b.bytes)[0]
}

function limitOf(value: unknown, inWords: (text: string) => string): StorageLimit | undefined {
  const room = roomOf(value)
  return room && { ...room, words: inWords(room.text) }
}

function roomOf(value: unknown): Room | undefined {
  const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined
  return quantity && { text: canonicalQuantity(quantity), bytes: Number(quantity.amount / 10n ** 9n) }
}

function ephemeralStorageIn(spec: Readonly<Record<string, unknown>>): unknown {
  const containers = Array.isArray(spec.containers) ? spec.containers : []
  const container: unknown = containers.find((one) => isMapping(one) && one.name === CONTAINER)
  return ['resources', 'limits', 'ephemeral-storage'].reduce<unknown>(
    (at, key) => (isMapping(at) ? at[key] : undefined),
    container,
  )
}

/** A volume that has nothing on it but the cache, so that BuildKit sees its size. */
export interface Volume extends Room {
  readonly kind: 'claim' | 'ephemeral' | 'emptyDir'
  /** The field with its size. */
  readonly path: Path
}

/** The volume of a template's builders; undefined where they share the disk of their node. */
export function volumeOf({ spec: { cache } }: TemplateFacts): Volume | undefined {
  if (cache?.claim) return volume('claim', 'size', cache.claim.size)
  if (cache?.ephemeral) return volume('ephemeral', 'size', cache.ephemeral.size)
  return cache?.emptyDir?.medium === 'Memory' ? volume('emptyDir', 'sizeLimit', cache.emptyDir.sizeLimit) : undefined
}

function volume(kind: Volume['kind'], field: string, size: unknown): Volume | undefined {
  const room = roomOf(size)
  return room && { ...room, kind, path: ['spec', 'cache', kind, field] }
}

export interface OverLimit {
  readonly gc: GcConfig
  readonly limit: StorageLimit
  /** What the cache may take of the limit. */
  readonly share: number
}

/** Collections are a minute apart; a fifth of the room is for what builds write in between. */
export const SHARE = 0.8

/** Where garbage collection may begin too late to keep builders below their limit, on a disk of whatever size. */
export function overLimit(builder: BuilderFacts): OverLimit | undefined {
  const limit = storageLimit(builder)
  const gc = gcOf(builder.template)
  if (!limit || gc.policies.length === 0) return undefined
  const share = SHARE * limit.bytes
  return simulate(gc).ceiling > share ? { gc, limit, share } : undefined
}

/** The percentages of the node's disk among the amounts that decide how large the cache gets. */
export function sharesOfDisk({ scopes }: GcConfig): readonly TomlValue[] {
  const bounding = scopes.filter(({ policy }) => isUnconditional(policy))
  return bounding.flatMap(({ amounts: { maxUsedSpace, reservedSpace } }) => {
    return [maxUsedSpace, reservedSpace].flatMap((value) => {
      return value && amountOf(value.value)?.percentage !== undefined ? [value] : []
    })
  })
}

/** What decides about the ceiling; undefined where nothing is said. */
export function limitWrittenIn({ listed, worker, gckeepstorage }: GcConfig): TomlValue | undefined {
  return listed.at(-1)?.at ?? worker.maxUsedSpace ?? worker.reservedSpace ?? worker.minFreeSpace ?? gckeepstorage
}
