import { byteRangeText, byteText } from '../../upstream/buildkit/amount.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { gcOf, limitWrittenIn, SHARE, volumeOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Garbage collection that begins when the volume is nearly full. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The cache can exceed 80% of its volume.',
    why: 'BuildKit collects garbage at most once a minute, and builds need room for what they write between two collections. When the volume is full, builds fail with "no space left on device", and BuildKit may fail to write its databases.',
    source: 'buildkit v0.34.2, control/control.go, throttledGC, and cmd/buildkitd/config/gcpolicy.go, AsBytes',
    example: {
      wrong: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "200GB"\n',
        cache: { claim: { size: '200Gi' } },
      }),
      right: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "160GB"\n',
        cache: { claim: { size: '200Gi' } },
      }),
    },
  }),
  of: 'template',
  needs: 'cache',
  find: (template) => {
    const volume = volumeOf(template)
    const gc = gcOf(template)
    if (!volume || (gc.policies.length === 0 && !gc.off)) return []
    const { floor, ceiling } = simulate({ policies: gc.policies, disk: volume.bytes, isAlone: true })
    const share = SHARE * volume.bytes
    if (ceiling <= share) return []
    const written = gc.off ?? limitWrittenIn(gc)
    const got = Number.isFinite(ceiling) ? byteRangeText(floor, ceiling) : 'no ceiling'
    const message = `the cache must stay below ${byteText(share)}, 80% of its volume of ${volume.text}, got ${got}${written ? '' : " by BuildKit's defaults"}; set \`maxUsedSpace\` in \`[worker.oci]\` to less, or use a larger volume`
    return [written ? breachAt(written, message) : { path: volume.path, message }]
  },
}
