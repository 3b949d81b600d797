import type { Configured } from '../facts/facts.ts'
import type { InsecureRegistry } from '../facts/registries.ts'
import type { Breach } from './breach.ts'
import { tomlBreach } from './toml-breach.ts'

/** What is wrong with a registry whose certificate nobody looks at, and what to do instead. */
export function insecureRegistryBreach(
  { settings }: Configured,
  { host, key }: InsecureRegistry,
  instead: string,
): Breach {
  const consequence =
    key === 'http' ? 'images and credentials travel in clear text' : 'its certificate is not looked at'
  const message = `\`registry."${host}".${key}\` must not be true, because then ${consequence}: ${instead}`
  return tomlBreach(settings, ['registry', host, key], message)
}
