import { FAST, FIXED } from '../../harness/engines/storage.ts'
import type { Builders } from './package-of.ts'

const [FIRST, SECOND] = ['moby/buildkit:v0.34.1', 'moby/buildkit:v0.34.2']

/** The spec of a template whose builders keep their cache in a claim. */
function warm(claim: object, image = FIRST): Builders[string] {
  return { image, cache: { claim: { size: '10Gi', ...claim } } }
}

/** A builder whose Pods the engine itself retires, and its next roll. */
export const [ALONE, ALONE_ROLLED]: readonly [Builders, Builders] = [{ alone: warm({}) }, { alone: warm({}, SECOND) }]

/** The builders of a package from the beginning of a life to its end. */
export const START = {
  shop: warm({}),
  search: warm({ storageClassName: FIXED }),
  kept: warm({ retain: true }),
  stays: warm({ retain: true }),
  leaves: warm({}),
} satisfies Builders
export const GROWN: Builders = { ...START, shop: warm({ size: '20Gi' }) }
export const GROWN_FURTHER: Builders = { ...GROWN, search: warm({ size: '20Gi', storageClassName: FIXED }) }
export const ROLLED: Builders = { ...GROWN_FURTHER, shop: warm({ size: '20Gi' }, SECOND) }
export const MOVED: Builders = { ...ROLLED, shop: warm({ size: '20Gi', storageClassName: FAST }, SECOND) }
const { kept: _, leaves: __, ...rest } = MOVED
export const LEFT: Builders = rest
