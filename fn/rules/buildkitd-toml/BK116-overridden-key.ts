import { valueText } from '../../results/toml-texts.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { type TomlValue, valuesAt } from '../../toml/values-at.ts'
import { asWritten, inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOf, templateOfToml } from '../example.ts'
import type { TemplateFacts, Written } from '../facts/facts.ts'
import { TLS_TABLE } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** A key of which the container's arguments, or its mode, decide. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "The container's arguments override a key.",
    why: 'Every Pod starts buildkitd with `--addr` for its socket and port, with `--debug` if the template sets `debugLogging`, with the certificates of `spec.tls`, with the address of `observability.metrics`, and in rootless mode with `--oci-worker-no-process-sandbox`. Arguments override the file, and the user namespace overrides `rootless = false`.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, applyMainFlags; main_oci_worker.go, applyOCIFlags',
    example: {
      wrong: templateOfToml('[grpc]\naddress = ["tcp://0.0.0.0:9999"]\n'),
      right: templateOf({ port: 9999 }),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (facts) => [...inSettings.find(facts), ...(isWritten(facts) ? inFile.find(facts) : [])],
}

const inSettings = inToml((toml, facts) => [...address(toml), ...level(toml, facts), ...rootless(toml, facts)])

const inFile = asWritten((toml, { spec: { tls, observability } }) => [
  ...['cert', 'key', ...(tls?.clientAuth === 'Require' ? ['ca'] : [])].flatMap((key) =>
    tls ? overriddenBy('spec.tls', valuesAt(toml, [...TLS_TABLE, key])) : [],
  ),
  ...(observability.metrics
    ? overriddenBy('spec.observability.metrics', valuesAt(toml, ['grpc', 'debugAddress']))
    : []),
])

function isWritten(facts: TemplateFacts): facts is Written {
  return facts.toml !== undefined && 'value' in facts.toml
}

function overriddenBy(field: string, found: readonly TomlValue[]): readonly TomlBreach[] {
  const message = `has no effect, because \`${field}\` overrides it; remove it`
  return found.map(({ path }) => ({ path, message, fix: { kind: 'remove' } }))
}

function address(toml: TomlDocument): readonly TomlBreach[] {
  return valuesAt(toml, ['grpc', 'address']).map(({ path }) => {
    return { path, message: 'has no effect, because `--addr` overrides it; remove it, and set `spec.port`' }
  })
}

function level(toml: TomlDocument, { spec }: TemplateFacts): readonly TomlBreach[] {
  if (!spec.observability.debugLogging) return []
  return valuesAt(toml, ['log', 'level']).flatMap(({ path, value }) => {
    if (value === 'debug') return []
    const message = `must be "debug" because of \`spec.observability.debugLogging\`, got ${valueText(value)}; remove one of them`
    return [{ path, value, message }]
  })
}

function rootless(toml: TomlDocument, { mode }: TemplateFacts): readonly TomlBreach[] {
  const isRootless = mode === 'rootless' || mode === 'rootless in a user namespace'
  const keys = [...(mode === 'privileged' ? [] : ['rootless']), ...(isRootless ? ['noProcessSandbox'] : [])]
  return keys.flatMap((key) =>
    valuesAt(toml, ['worker', 'oci', key]).flatMap(({ path, value }) => {
      if (value !== false) return []
      return [{ path, value, message: `must be true in mode "${mode}", got false, which has no effect; remove it` }]
    }),
  )
}
