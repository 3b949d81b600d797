import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

/** What this chapter says of a template: severity, rule, line and column, message, and what it proposes. */
export function saidOf(buildkitdToml: string, spec: object = {}): readonly string[] {
  const results = resultsOf(stringify({ kind: 'BuildkitTemplate', spec: { ...spec, buildkitdToml } }))
  return results.flatMap(({ severity, message, field, tags }) => {
    if (!tags?.rule?.startsWith('BK1')) return []
    const proposal = field?.proposedValue === undefined ? '' : ` → ${field.proposedValue}`
    return [`${severity} ${tags.rule} ${tags.tomlLine}:${tags.tomlColumn} ${message}${proposal}`]
  })
}
