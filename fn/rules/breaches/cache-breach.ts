import { TOML_FIELD } from '../../toml/value-at.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import type { Breach } from './breach.ts'
import { breachAt } from './breach-at.ts'

/** What a builder's limit has to do with its template's configuration: a finding about that, once for all builders. */
export function cacheBreach({ template }: BuilderFacts, value: TomlValue | undefined, message: string): Breach {
  return { item: template.template.item, ...(value ? breachAt(value, message) : { path: TOML_FIELD, message }) }
}
