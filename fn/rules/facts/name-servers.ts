import { elementsAt } from '../../toml/elements-at.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import type { TomlValue } from '../../toml/values-at.ts'

export interface NameServer extends TomlValue {
  readonly value: string
}

/** The name servers that build steps are given. */
export function nameServersIn(toml: TomlDocument): readonly NameServer[] {
  return elementsAt(toml, ['dns', 'nameservers']).filter((one): one is NameServer => typeof one.value === 'string')
}
