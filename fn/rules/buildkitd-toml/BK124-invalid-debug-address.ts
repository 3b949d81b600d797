import { metricsPortOf } from '../../render/daemon.ts'
import { valueText } from '../../results/toml-texts.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { startsBuildkitd } from '../../upstream/buildkit/command-flags.ts'
import type { Breach } from '../breaches/breach.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Configured } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

/** An address on which nothing can listen. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'buildkitd cannot listen on its debug address.',
    why: 'The debug address is `grpc.debugAddress`, or the port of `observability.metrics`. buildkitd reports "missing port in address", "not supported" for another scheme, or "address already in use" for its own port, and exits, so the Pod crash-loops.',
    source: 'buildkit v0.34.2, cmd/buildkitd/debug.go, setupDebugHandlers; main.go, getListener',
    example: {
      wrong: templateOfToml('[grpc]\ndebugAddress = "6060"\n'),
      right: templateOfToml('[grpc]\ndebugAddress = "127.0.0.1:6060"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (facts) => (facts.spec.observability.metrics ? ofMetrics(facts) : ofAddress.find(facts)),
}

/** The address of a field has a port, which may be that of the builder. */
function ofMetrics({ spec }: Configured): readonly Breach[] {
  const { metrics } = spec.observability
  const port = metricsPortOf(spec)
  if (port !== spec.port || !isBuildkitd(spec.command)) return []
  const isDefault = metrics?.port === undefined ? ', which is the default' : ''
  const message = `must be another port than \`spec.port\`, got ${port}${isDefault}; buildkitd exits with "address already in use"`
  return [{ path: ['spec', 'observability', 'metrics', 'port'], message }]
}

const ofAddress = inToml((toml, { spec }) =>
  valuesAt(toml, ['grpc', 'debugAddress']).flatMap(({ path, value }) => {
    const [, scheme = 'tcp', address = ''] = /^(?:(\w+):\/\/)?(.*)$/.exec(String(value)) ?? []
    if (typeof value !== 'string' || value === '' || scheme === 'unix' || scheme === 'fd') return []
    const port = /:(\w*)$/.exec(address)?.[1]
    if (port === String(spec.port) && isBuildkitd(spec.command)) {
      const message = `must not use the port in \`spec.port\`, got ${valueText(value)}; buildkitd exits with "address already in use"`
      return [{ path, value, message }]
    }
    if (port !== undefined && scheme === 'tcp') return []
    const proposedValue = withPort(address, port)
    const message = `must be an address with a port such as "127.0.0.1:6060", got ${valueText(value)}`
    return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
  }),
)

/** Whether the container starts buildkitd itself. */
function isBuildkitd(command: readonly string[] | undefined): boolean {
  return !command?.length || startsBuildkitd(command)
}

function withPort(address: string, port: string | undefined): string | undefined {
  if (port !== undefined) return address
  return /^\d+$/.test(address) ? `127.0.0.1:${address}` : undefined
}
