import { grouped } from '../../common/collections.ts'
import { keyText, writtenKey } from '../../results/toml-texts.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { type TomlValue, valueAt } from '../../toml/values-at.ts'
import { type HostMistake, hostMistake } from '../../upstream/buildkit/registry-hosts.ts'
import { inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isLookedUp, registriesIn, type Section } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

/** The settings of a registry that BuildKit never looks up. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "A registry's name is not the host used in image names.",
    why: 'BuildKit looks up settings by the host in an image name, port included, and compares literally. It never finds a scheme, a path, a wildcard, a network or "index.docker.io" (which becomes "docker.io"), so the settings have no effect.',
    source:
      'buildkit v0.34.2, util/resolver/resolver.go, NewRegistryConfig; distribution/reference v0.6.0, normalize.go',
    example: {
      wrong: templateOfToml('[registry."https://docker.io"]\nmirrors = ["mirror.example.com"]\n'),
      right: templateOfToml('[registry."docker.io"]\nmirrors = ["mirror.example.com"]\n'),
    },
  }),
  ...inToml((toml) => {
    const { sections } = registriesIn(toml)
    const wrong = sections.flatMap((section) => {
      const mistake = mistakeIn(toml, section)
      return mistake ? [{ section, mistake }] : []
    })
    const names = new Set(sections.map(({ name }) => name))
    const byMeant = grouped(wrong, ({ mistake }) => mistake.meant)
    return wrong.map(({ section: { at }, mistake }): TomlBreach => {
      const { must, meant, isSame } = mistake
      const { path } = at
      if (meant === undefined) return { path, message: must }
      const section = keyText(['registry', meant])
      if (names.has(meant)) return { path, message: `${must}; move its settings to \`${section}\`` }
      const message = `${must}; write \`${section}\`${hint(mistake, at)}`
      if (!isSame) return { path, message }
      // Two tables of one name are not TOML.
      if (byMeant.get(meant)?.length !== 1) return { path, message: `${message}, once for all of these names` }
      return { path, message, proposedValue: section, fix: { kind: 'rename', to: writtenKey(meant) } }
    })
  }),
}

function mistakeIn(toml: TomlDocument, { name, at }: Section): HostMistake | undefined {
  const mistake = isLookedUp(toml, name) ? undefined : hostMistake(name)
  // `[registry.docker.io]` is a mistake of its own, BK105, and so is a variable that nothing replaces, BK617.
  const isSaid = (mistake?.meant === undefined && !SETTINGS.some((key) => valueAt(at, [key]))) || name.includes('${')
  return isSaid ? undefined : mistake
}

const SETTINGS = ['mirrors', 'http', 'insecure', 'ca', 'keypair', 'tlsconfigdir']

function hint({ isHttp }: HostMistake, at: TomlValue): string {
  return isHttp && valueAt(at, ['http'])?.value !== true ? ' with `http = true`' : ''
}
