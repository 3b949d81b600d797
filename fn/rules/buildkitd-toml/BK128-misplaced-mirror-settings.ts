import { keyText } from '../../results/toml-texts.ts'
import { valueAt } from '../../toml/values-at.ts'
import { isLoopback, isPublicRegistry } from '../../upstream/buildkit/registry-hosts.ts'
import { inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { type MirrorAt, registriesIn, type Section } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

/** What says how a registry is connected with, but for `http = false` and the like. */
const CONNECTION = ['http', 'insecure', 'ca', 'keypair', 'tlsconfigdir']

/** Settings of a mirror that BuildKit does not find. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Settings for a mirror are not in the table of its host.',
    why: "BuildKit reads the connection settings of a mirror from the table of the mirror's own host, port included. Settings beside `mirrors` apply to the registry itself. BuildKit reaches a mirror without a table over HTTPS with public certificates only; if that fails, it pulls from the registry itself and only logs the failure.",
    source: 'buildkit v0.34.2, util/resolver/resolver.go, NewRegistryConfig',
    example: {
      wrong: templateOfToml('[registry."docker.io"]\nmirrors = ["mirror.example.com:5000"]\nhttp = true\n'),
      right: templateOfToml(
        '[registry."docker.io"]\nmirrors = ["mirror.example.com:5000"]\n[registry."mirror.example.com:5000"]\nhttp = true\n',
      ),
    },
  }),
  ...inToml((toml) => {
    const { sections } = registriesIn(toml)
    const names = new Set(sections.map(({ name }) => name))
    const byHostname = new Map(sections.map((section) => [withoutPort(section.name), section]))
    return sections.flatMap((section) => {
      // What has credentials is a mistake of its own, BK120.
      const alone = section.mirrors.filter(
        ({ text, mirror }) => mirror.host !== '' && !text.includes('@') && !names.has(mirror.host),
      )
      return alone.flatMap((one) => {
        const near = byHostname.get(withoutPort(one.mirror.host))
        return near && near !== section ? otherPort(near, one) : beside(section, one)
      })
    })
  }),
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

/** A section of the mirror's host with another port. */
function otherPort({ at }: Section, { mirror }: MirrorAt): readonly TomlBreach[] {
  if (connectionIn(at).length === 0) return []
  const own = keyText(['registry', mirror.host])
  return [{ path: at.path, message: `has a port other than that of the mirror "${mirror.host}"; write \`[${own}]\`` }]
}

/** Settings in the table that names the mirror. */
function beside({ name, at }: Section, { at: { path }, mirror: { host, scheme } }: MirrorAt): readonly TomlBreach[] {
  const keys = connectionIn(at)
  if (keys.length === 0 || scheme === 'http' || isPublicRegistry(host) || isLoopback(host)) return []
  const listed = keys
    .map((key) => `\`${key}\``)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ')
  const them = keys.length > 1 ? 'here apply only' : 'here applies only'
  const it = keys.length > 1 ? 'them' : 'it'
  const message = `needs its own table: ${listed} ${them} to "${name}"; move ${it} to \`[${keyText(['registry', host])}]\``
  return [{ path, message }]
}

function connectionIn(at: Section['at']): readonly string[] {
  return CONNECTION.filter((key) => {
    const value = valueAt(at, [key])?.value
    return Array.isArray(value) ? value.length > 0 : value === true || (typeof value === 'object' && value !== null)
  })
}
