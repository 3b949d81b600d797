import type { GcConfig } from '../../upstream/buildkit/gc-config.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import type { BuilderFacts } from './facts.ts'
import { gcOf } from './gc-of.ts'
import { type StorageLimit, storageLimit } from './storage-limit.ts'

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
