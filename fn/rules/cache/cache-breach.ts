import { TOML_FIELD, type TomlValue } from '../../toml/values-at.ts'
import type { Breach } from '../breach.ts'
import { breachAt } from '../breach-at.ts'
import type { BuilderFacts } from '../facts.ts'

/** What a builder's limit has to do with its template's configuration: a finding about that, once for all builders. */
export function cacheBreach({ template }: BuilderFacts, value: TomlValue | undefined, message: string): Breach {
  return { item: template.template.item, ...(value ? breachAt(value, message) : { path: TOML_FIELD, message }) }
}
