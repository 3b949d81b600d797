import { grouped } from '../common/collections.ts'
import { plural } from '../results/words.ts'
import { byteText } from '../upstream/buildkit/amount.ts'
import type { CacheFate } from './cache-of.ts'
import type { ClaimResize } from './claim-sizes.ts'
import type { FormerCache } from './former-cache.ts'
import type { PackageDiff } from './package-diff.ts'
import type { Roll } from './rolls.ts'
import type { Scaling } from './scalings.ts'

/** `kept (claim)`, `lost (emptyDir), up to 80 GiB each`, `lost (hostPath → claim; the old folder stays on its node)`. */
export function cacheInWords({ builders, cache }: Roll): string {
  const { before, after, fate, remains } = cache
  const kinds = before === after ? before : `${before} → ${after}`
  return `${fate} (${kinds}${remains ? `; ${REMAINS[before]}` : ''})${limitInWords(cache, builders.length)}`
}

const REMAINS: Readonly<Partial<Record<FormerCache['before'], string>>> = {
  claim: 'the old claim stays in the cluster',
  hostPath: 'the old folder stays on its node',
}

function limitInWords({ fate, bytes }: FormerCache, count: number): string {
  if (fate !== 'lost' || bytes === undefined) return ''
  return `, up to ${byteText(bytes)}${count === 1 ? '' : ' each'}`
}

/** `2 claims grow from 100Gi to 200Gi`, `1 claim cannot shrink from 200Gi to 100Gi`. */
export function resizeInWords({ before, after, isShrink, claims }: ClaimResize): string {
  const grows = claims === 1 ? 'grows' : 'grow'
  return `${plural(claims, 'claim')} ${isShrink ? 'cannot shrink' : grows} from ${before} to ${after}`
}

/** `2 builders grow from 1 to 3 replicas`, `1 builder shrinks from 3 to 1 replica, cache of each removed Pod: lost (emptyDir)`. */
export function scalingInWords({ builders, before, after, cache }: Scaling): string {
  const [grow, shrink] = builders.length === 1 ? ['grows', 'shrinks'] : ['grow', 'shrink']
  const caches = cache ? `, cache of each removed Pod: ${cache.fate} (${cache.before})${limitInWords(cache, 1)}` : ''
  return `${plural(builders.length, 'builder')} ${cache ? shrink : grow} from ${before} to ${plural(after, 'replica')}${caches}`
}

/** Builders that leave Git, by what becomes of their caches. */
export function removedInWords(
  removed: PackageDiff['removed'],
): readonly (readonly [title: string, names: readonly string[]])[] {
  return [...grouped(removed, ({ cache }) => JSON.stringify(cache)).values()].map((group) => {
    const [{ cache }] = group
    const [one, several] = REMOVED[cache.fate]
    const fate = group.length === 1 ? one : several
    const kind = cache.fate === 'lost' ? ` (${cache.before})` : ''
    const title = `${plural(group.length, 'builder')} removed${fate}${kind}${limitInWords(cache, group.length)}`
    return [title, group.map(({ builder }) => builder)]
  })
}

const REMOVED: Readonly<Record<CacheFate, readonly [one: string, several: string]>> = {
  lost: [', with its cache', ', with their caches'],
  kept: ['; its claim stays in the cluster', '; their claims stay in the cluster'],
  'kept on the same node': ['; its folder stays on its node', '; their folders stay on their nodes'],
}
