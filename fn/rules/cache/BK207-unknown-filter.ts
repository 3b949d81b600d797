import { valueText } from '../../results/toml-texts.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** As BuildKit names its records (client/diskusage.go). */
const TYPES = ['internal', 'frontend', 'source.local', 'source.git.checkout', 'exec.cachemount', 'regular']

/** What a filter may ask of a record that is to be deleted (adaptUsageInfo in cache/manager.go). */
const FIELDS = ['type', 'id', 'description', 'mutable', 'immutable', 'shared', 'private']
/** Those of them that are there or not, without a value. */
const BARE_FIELDS = ['mutable', 'immutable', 'shared', 'private']

const SELECTOR = /^\s*(?<field>\w+)(?:\.\w+){0,99}(?:\s*(?<operator>==|!=|~=)\s*[^\s=!~]\S*)?$/

/** Filters that match no record, or are none. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A filter of `gcpolicy` matches nothing or cannot be parsed.',
    why: "A record has exactly one of the types that BuildKit knows. With commas inside one filter, all parts must match; BuildKit's own defaults had this mistake up to v0.30 and never deleted old cache mounts early. BuildKit parses filters at each collection: at an invalid filter the collection ends with a line in the log, and the cache grows. Filters of `docker builder prune`, such as `until=24h`, are invalid here.",
    source:
      'buildkit v0.34.2, client/diskusage.go; cache/manager.go, prune and adaptUsageInfo; v0.30.0, cmd/buildkitd/config/gcpolicy.go; containerd v2.4.2, pkg/filters/parser.go',
    example: {
      wrong: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  filters = ["type==source.local,type==exec.cachemount"]\n  maxUsedSpace = "1GB"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "50GB"\n',
      ),
      right: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  filters = ["type==source.local", "type==exec.cachemount"]\n  maxUsedSpace = "1GB"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "50GB"\n',
      ),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    return gcOf(template).listed.flatMap(({ policy, filtersAt }) => {
      return policy.filters.flatMap((filter) => {
        const mistake = mistakeIn(filter)
        return mistake && filtersAt ? [breachAt(filtersAt, mistake)] : []
      })
    })
  },
}

function mistakeIn(filter: string): string | undefined {
  // What stands in quotes may have commas in it.
  const parts = /^$|["|/]/.test(filter) ? [] : filter.split(',')
  const selectors = parts.map((part) => SELECTOR.exec(part)?.groups)
  if (selectors.includes(undefined))
    return `\`filters\` must have selectors such as "type==regular", got ${valueText(filter)}, which BuildKit cannot parse; every collection ends at it`
  const other = selectors.find((one) => one?.operator !== '!=' && !FIELDS.includes(one?.field ?? ''))
  if (other) return `\`filters\` must select by one of ${FIELDS.join(', ')}, got "${other.field}"; it matches nothing`
  const valued = selectors.find((one) => one?.operator === '==' && BARE_FIELDS.includes(one.field ?? ''))
  if (valued)
    return `\`filters\` must name "${valued.field}" without a value, got ${valueText(filter)}; it matches nothing`
  return mistakeInTypes(filter)
}

function mistakeInTypes(filter: string): string | undefined {
  const types = filter.split(',').flatMap((part) => /^\s*type\s*==\s*"?([\w.]+)"?\s*$/.exec(part)?.[1] ?? [])
  const unknown = types.find((type) => !TYPES.includes(type))
  if (unknown) return `\`filters\` must name one of the types ${TYPES.join(', ')}, got "${unknown}"; it matches nothing`
  if (new Set(types).size < 2) return undefined
  return `\`filters\` must name one type each, got ${valueText(filter)}, which requires all of them at once and matches nothing; write one string for each`
}
