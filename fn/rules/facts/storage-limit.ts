import { isMapping } from '../../input/item.ts'
import { parseQuantity } from '../../upstream/kubernetes/quantity.ts'
import type { BuilderFacts } from './facts.ts'

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
