import { type Amount, amountOf, byteText } from '../../upstream/buildkit/amount.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A floor above its ceiling. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`maxUsedSpace` is below `reservedSpace`.',
    why: 'BuildKit never prunes below `reservedSpace`, which is therefore also the maximum, and the cache grows larger than `maxUsedSpace`.',
    source: 'buildkit v0.34.2, cache/manager.go, calculateKeepBytes',
    example: {
      wrong: templateOfToml('[worker.oci]\n  reservedSpace = "60GB"\n  maxUsedSpace = "40GB"\n'),
      right: templateOfToml('[worker.oci]\n  reservedSpace = "10GB"\n  maxUsedSpace = "40GB"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    return gcOf(template).scopes.flatMap(({ amounts: { reservedSpace, maxUsedSpace } }) => {
      const least = amountOf(reservedSpace?.value)
      const most = amountOf(maxUsedSpace?.value)
      if (!(maxUsedSpace && least && most && isLess(most, least))) return []
      const message = `\`maxUsedSpace\` must be at least the ${text(least)} of \`reservedSpace\`, got ${text(most)}; it has no effect, raise it or lower \`reservedSpace\``
      return [breachAt(maxUsedSpace, message)]
    })
  },
}

/** A percentage and a number of bytes are not compared: it depends on the node. */
function isLess(a: Amount, b: Amount): boolean {
  if (a.percentage !== undefined && b.percentage !== undefined) return a.percentage < b.percentage
  return a.bytes !== undefined && b.bytes !== undefined && a.bytes < b.bytes
}

function text({ bytes, percentage }: Amount): string {
  return percentage === undefined ? byteText(bytes ?? 0) : `${percentage}%`
}
