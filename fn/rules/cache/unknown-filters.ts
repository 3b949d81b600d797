import { placeOf } from '../../toml/value-at.ts'
import type { Rule } from '../rule.ts'
import { gcOf } from './gc-of.ts'

/** As BuildKit names its records (client/diskusage.go). */
const TYPES = ['internal', 'frontend', 'source.local', 'source.git.checkout', 'exec.cachemount', 'regular']

/** Filters by a type that no record has. */
export const UNKNOWN_FILTERS: Rule = {
  id: 'BK207',
  severity: 'warning',
  what: 'A filter of `gcpolicy` matches nothing.',
  why: "A record has one type, of those that BuildKit knows. With commas inside one filter all of its parts must hold; BuildKit's own defaults had that mistake up to v0.16, and so never deleted old cache mounts early.",
  source:
    'buildkit v0.34.2, client/diskusage.go; cache/manager.go, adaptUsageInfo; v0.16.0, cmd/buildkitd/config/gcpolicy.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [[worker.oci.gcpolicy]]
      filters = ["type==source.local,type==exec.cachemount"]
      maxUsedSpace = "1GB"
    [[worker.oci.gcpolicy]]
      all = true
      maxUsedSpace = "50GB"
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [[worker.oci.gcpolicy]]
      filters = ["type==source.local", "type==exec.cachemount"]
      maxUsedSpace = "1GB"
    [[worker.oci.gcpolicy]]
      all = true
      maxUsedSpace = "50GB"
`,
  },
  of: 'template',
  find: (template) => {
    return gcOf(template).listed.flatMap(({ policy, filtersAt }) => {
      return policy.filters.flatMap((filter) => {
        const mistake = mistakeIn(filter)
        return mistake && filtersAt ? [{ ...placeOf(filtersAt), message: mistake }] : []
      })
    })
  },
}

function mistakeIn(filter: string): string | undefined {
  const types = filter.split(',').flatMap((part) => /^\s*type\s*==\s*"?([\w.]+)"?\s*$/.exec(part)?.[1] ?? [])
  const unknown = types.find((type) => !TYPES.includes(type))
  if (unknown) return `\`filters\` must name one of the types ${TYPES.join(', ')}, got "${unknown}"; it matches nothing`
  if (new Set(types).size < 2) return undefined
  return `\`filters\` must name one type each, got "${filter}", which asks for all at once and matches nothing; write a string for each`
}
