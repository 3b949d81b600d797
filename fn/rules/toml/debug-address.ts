import { valueText } from '../../toml/value-text.ts'
import { valuesAt } from '../../toml/values-at.ts'
import type { Rule } from '../rule.ts'
import { templateWith } from './example.ts'
import { inToml } from './in-toml.ts'

/** An address on which nothing can listen. */
export const DEBUG_ADDRESS: Rule = {
  id: 'BK124',
  severity: 'error',
  cannotWork: true,
  what: '`grpc.debugAddress` has no port.',
  why: 'buildkitd says "missing port in address" and exits, so that the Pod ends in a crash loop.',
  source: 'buildkit v0.34.2, cmd/buildkitd/debug.go, setupDebugHandlers',
  example: {
    wrong: templateWith('[grpc]\ndebugAddress = "6060"\n'),
    right: templateWith('[grpc]\ndebugAddress = "127.0.0.1:6060"\n'),
  },
  of: 'template',
  find: inToml((toml) =>
    valuesAt(toml, ['grpc', 'debugAddress']).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || value === '' || !/^(?:tcp:\/\/)?[^:]*$/.test(value)) return []
      const proposedValue = /^\d+$/.test(value) ? `127.0.0.1:${value}` : undefined
      const message = `must be an address with a port such as "127.0.0.1:6060", got ${valueText(value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}
