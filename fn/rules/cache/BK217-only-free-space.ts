import { isUnconditional } from '../../upstream/buildkit/policies.ts'
import { isBefore } from '../../upstream/version.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A condition that older releases take for none. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Before v0.21, `minFreeSpace` as the only amount empties the cache.',
    why: 'If the disk has that much free space, these releases compute 0 bytes to keep, and treat 0 as no limit on what to delete: each collection deletes everything except for the records that a build uses at that moment.',
    source: 'buildkit v0.20.2 and v0.21.0, cache/manager.go, calculateKeepBytes and pruneOnce',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:v0.20.2', buildkitdToml: '[worker.oci]\n  minFreeSpace = "20%"\n' }),
      right: templateOf({
        image: 'moby/buildkit:v0.20.2',
        buildkitdToml: '[worker.oci]\n  minFreeSpace = "20%"\n  maxUsedSpace = "50GB"\n',
      }),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const { image } = template
    if (!isBefore(image.version, '0.21')) return []
    return gcOf(template).scopes.flatMap(({ policy, amounts: { minFreeSpace } }) => {
      const isAlone = !(policy.reservedSpace || policy.maxUsedSpace)
      if (!(minFreeSpace && isAlone && isUnconditional(policy))) return []
      const message = `\`minFreeSpace\` must not be the only amount before v0.21, got "${image.tag}"; with enough free space, every collection deletes the whole cache; set \`maxUsedSpace\` too, or use a newer image`
      return [breachAt(minFreeSpace, message)]
    })
  },
}
