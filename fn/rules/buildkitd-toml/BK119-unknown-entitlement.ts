import { closest } from '../../../crds/closest.ts'
import { elementsAt } from '../../toml/elements-at.ts'
import { valueText } from '../../toml/value-text.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const ENTITLEMENTS = ['network.host', 'security.insecure', 'device']

/** An entitlement that nothing asks for. */
export const rule: Rule = {
  severity: 'warning',
  what: 'BuildKit has no entitlement of this name.',
  why: 'buildkitd silently leaves it out, and refuses builds that need the one that was meant; a flag with such a name ends it.',
  source: 'buildkit v0.34.2, solver/llbsolver/entitlements.go, supportedEntitlements; cmd/buildkitd/main.go',
  example: {
    wrong: templateOfToml('insecure-entitlements = ["network-host"]\n'),
    right: templateOfToml('insecure-entitlements = ["network.host"]\n'),
  },
  ...inToml((toml) =>
    elementsAt(toml, ['insecure-entitlements']).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || ENTITLEMENTS.includes(value)) return []
      const proposedValue = closest(value, ENTITLEMENTS)
      const message = `must be one of "network.host", "security.insecure", "device", got ${valueText(value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}
