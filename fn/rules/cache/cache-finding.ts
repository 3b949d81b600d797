import { placeOf } from '../../toml/value-at.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import type { BuilderFacts } from '../facts.ts'
import type { Finding } from '../finding.ts'

/** What a builder's limit has to do with its template's configuration: a finding about that, once for all builders. */
export function cacheFinding({ template }: BuilderFacts, value: TomlValue | undefined, message: string): Finding {
  return { item: template.template.item, ...(value ? placeOf(value) : { path: 'spec.buildkitdToml' }), message }
}
