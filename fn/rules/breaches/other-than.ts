import { closest } from '../../../crds/closest.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { valueText } from '../../toml/value-text.ts'
import { valuesAt } from '../../toml/values-at.ts'
import type { TomlBreach } from './in-toml.ts'

/** The values at `keys` that are none of `choices`; an empty text stands for the default. */
export function otherThan(
  toml: TomlDocument,
  keys: readonly string[],
  choices: readonly string[],
): readonly TomlBreach[] {
  const listed = choices.map((choice) => JSON.stringify(choice)).join(', ')
  return valuesAt(toml, keys).flatMap(({ path, value }) => {
    if (typeof value !== 'string' || value === '' || choices.includes(value)) return []
    const proposedValue = choices.find((choice) => choice === value.toLowerCase()) ?? closest(value, choices)
    const message = `must be one of ${listed}, got ${valueText(value)}`
    return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
  })
}
