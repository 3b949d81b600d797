import { oncePer } from '../../common/collections.ts'
import { isMapping } from '../../input/item.ts'
import { type TomlValue, valueAt } from '../../toml/values-at.ts'
import { amountOf } from '../../upstream/buildkit/amount.ts'
import { type GcConfig, gcConfig, NO_GC } from '../../upstream/buildkit/gc-config.ts'
import { isUnconditional } from '../../upstream/buildkit/policies.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { parseQuantity } from '../../upstream/kubernetes/quantity.ts'
import { isBefore } from '../../upstream/version.ts'
import type { BuilderFacts, TemplateFacts } from './facts.ts'

/**
 * The garbage collection of a template's builders, which every rule about the cache asks for; none of a worker that is not ours, or a
 * BuildKit that is older than its amounts.
 */
export const gcOf = oncePer(read)

function read({ settings, image }: TemplateFacts): GcConfig {
  const isOurs = !isBefore(image.version, '0.17') && valueAt(settings, ['worker', 'oci', 'enabled'])?.value !== false
  return isOurs ? gcConfig(settings) : NO_GC
}

export interface StorageLimit {
  /** As the Pod has it. */
  readonly text: string
  readonly bytes: number
}

/** The disk that builders may use before the kubelet evicts them: the limit of their only container, whose state is an emptyDir. */
export function storageLimit({ blueprint }: BuilderFacts): StorageLimit | undefined {
  const { containers } = blueprint.spec
  const [container] = Array.isArray(containers) ? containers : []
  const limits = ['resources', 'limits'].reduce<unknown>((at, key) => (isMapping(at) ? at[key] : undefined), container)
  const text = isMapping(limits) ? limits['ephemeral-storage'] : undefined
  const quantity = typeof text === 'string' ? parseQuantity(text) : undefined
  return quantity && typeof text === 'string' ? { text, bytes: Number(quantity.amount / 10n ** 9n) } : undefined
}

export interface OverLimit {
  readonly gc: GcConfig
  readonly limit: StorageLimit
  /** What the cache may take of the limit. */
  readonly share: number
}

/** Collections are a minute apart; a fifth of the limit is for what builds write in between. */
const SHARE = 0.8

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
