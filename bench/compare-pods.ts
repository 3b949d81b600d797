import { assertSamePods } from './assert-same-pods.ts'
import { contendersOf, OURS } from './contenders.ts'
import type { Track } from './measure-size.ts'
import { packageOf } from './package/package-of.ts'
import { podsIn } from './pods-in.ts'

/** Enough for each template to meet each variation of a Buildkit. */
const COUNT = 200

/** Throws unless all programs make the same Pods; also warms the caches that the first measurement would otherwise fill. */
export function comparePods({ measure, peers, folder }: Track): void {
  const renderers = contendersOf(packageOf(COUNT), peers, folder).filter(({ makesPods }) => makesPods)
  const podsOf = renderers.map(({ name, run }) => {
    measure(run)
    return { name, pods: podsIn(run.output) }
  })
  const ours = podsOf.find(({ name }) => name === OURS)?.pods ?? []
  for (const { name, pods } of podsOf) assertSamePods(ours, pods, name)
}
