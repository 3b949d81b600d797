import { byteText } from '../../upstream/buildkit/amount.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { templateOf } from '../example.ts'
import { gcOf, SHARE, volumeOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Of a volume that is used for less than this share the rest is paid for nothing. */
const USED = 0.5

/** A volume that garbage collection never fills. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The volume is more than twice as large as the cache that garbage collection keeps.',
    why: "BuildKit's defaults keep at most 100 GB, whatever the size of the disk. The rest of a larger volume stays empty, and the cache is colder than it could be.",
    source: 'buildkit v0.34.2, cmd/buildkitd/config/gcpolicy_unix.go, DetectDefaultGCCap',
    example: {
      wrong: templateOf({ cache: { claim: { size: '500Gi' } } }),
      right: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "400GB"\n',
        cache: { claim: { size: '500Gi' } },
      }),
    },
  }),
  of: 'template',
  needs: 'cache',
  find: (template) => {
    const volume = volumeOf(template)
    const { policies } = gcOf(template)
    if (!volume || volume.kind === 'emptyDir' || policies.length === 0) return []
    const { ceiling } = simulate({ policies, disk: volume.bytes, isAlone: true })
    if (ceiling >= USED * volume.bytes) return []
    const message = `must be less than twice what garbage collection keeps, ${byteText(ceiling)}, got ${volume.text}; set \`maxUsedSpace\` in \`[worker.oci]\` to as much as ${byteText(SHARE * volume.bytes)}, or use a smaller volume`
    return [{ path: volume.path, message, currentValue: volume.text }]
  },
}
