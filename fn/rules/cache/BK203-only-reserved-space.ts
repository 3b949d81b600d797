import type { TomlValue } from '../../toml/values-at.ts'
import { amountOf, boundsOf, byteText } from '../../upstream/buildkit/amount.ts'
import { isUnconditional } from '../../upstream/buildkit/policies.ts'
import { type Breach, breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A least that is a most. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`reservedSpace` alone also sets the maximum.',
    why: 'Without `maxUsedSpace` and `minFreeSpace`, BuildKit prunes the cache down to `reservedSpace` after builds. The sample in its docs ends with such a policy: a cache of 1 GB.',
    source: 'buildkit v0.34.2, cache/manager.go, calculateKeepBytes; docs/buildkitd.toml.md',
    example: {
      wrong: templateOfToml('[[worker.oci.gcpolicy]]\n  all = true\n  reservedSpace = 1024000000\n'),
      right: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  all = true\n  reservedSpace = "10GB"\n  maxUsedSpace = "50GB"\n',
      ),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const bounding = gcOf(template).scopes.filter(({ policy }) => isUnconditional(policy))
    return bounding.flatMap(({ amounts: { reservedSpace, ...others } }) => {
      return reservedSpace && Object.keys(others).length === 0 ? [breachOf(reservedSpace)] : []
    })
  },
}

function breachOf(value: TomlValue): Breach {
  const amount = amountOf(value.value) ?? {}
  const size =
    amount.percentage === undefined
      ? byteText(boundsOf(amount, undefined).most)
      : `${amount.percentage}% of the node's disk`
  const message = `\`reservedSpace\` must not be the only amount, got ${size}; BuildKit prunes the cache down to it, so floor and ceiling are the same; set the maximum in \`maxUsedSpace\``
  return breachAt(value, message)
}
