import { oncePer } from '../../common/collections.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { elementsAt, type TomlValue, valueAt, valuesAt } from '../../toml/values-at.ts'
import { hostMistake, type Mirror, parseMirror } from '../../upstream/buildkit/registry-hosts.ts'

/** A table `registry."host"`. */
export interface Section {
  readonly name: string
  readonly at: TomlValue
  readonly mirrors: readonly MirrorAt[]
}

/** A mirror that a section names. */
export interface MirrorAt {
  readonly at: TomlValue
  readonly text: string
  readonly mirror: Mirror
}

interface Registries {
  readonly sections: readonly Section[]
  /** The hosts of all mirrors: BuildKit looks for their settings by these names. */
  readonly mirrorHosts: ReadonlySet<string>
}

/** What a configuration says of registries. */
export const registriesIn = oncePer((toml: TomlDocument): Registries => {
  const sections = valuesAt(toml, ['registry', '*']).map((at): Section => {
    const mirrors = elementsAt(at, ['mirrors']).flatMap((one): readonly MirrorAt[] => {
      const text = one.value
      return typeof text === 'string' ? [{ at: one, text, mirror: parseMirror(text) }] : []
    })
    return { name: String(at.path.at(-1)), at, mirrors }
  })
  const hosts = sections.flatMap(({ mirrors }) => mirrors.map(({ mirror }) => mirror.host))
  return { sections, mirrorHosts: new Set(hosts) }
})

/** Whether BuildKit ever looks for a section: by the host of an image, or of a mirror. */
export function isLookedUp(toml: TomlDocument, name: string): boolean {
  return registriesIn(toml).mirrorHosts.has(name) || hostMistake(name) === undefined
}

/** A registry whose certificate nobody looks at, and the key that says so. */
export interface InsecureRegistry {
  readonly host: string
  readonly key: 'insecure' | 'http'
}

/** Of tables that BuildKit ever looks for. */
export function insecureRegistries(settings: TomlDocument): readonly InsecureRegistry[] {
  return registriesIn(settings).sections.flatMap(({ name: host, at: registry }): InsecureRegistry[] => {
    if (!isLookedUp(settings, host)) return []
    if (valueAt(registry, ['insecure'])?.value === true) return [{ host, key: 'insecure' }]
    return valueAt(registry, ['http'])?.value === true ? [{ host, key: 'http' }] : []
  })
}
