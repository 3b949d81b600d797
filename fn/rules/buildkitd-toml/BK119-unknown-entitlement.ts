import { closest } from '../../../crds/closest.ts'
import { valueText } from '../../results/toml-texts.ts'
import { elementsAt } from '../../toml/values-at.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const ENTITLEMENTS = ['network.host', 'security.insecure', 'device']

/** An entitlement that nothing asks for. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'BuildKit does not have this entitlement.',
    why: 'buildkitd silently drops an unknown entitlement of its file and refuses builds that need the intended one. An unknown entitlement in a flag makes buildkitd exit.',
    source: 'buildkit v0.34.2, solver/llbsolver/entitlements.go, supportedEntitlements; cmd/buildkitd/main.go',
    example: {
      wrong: templateOfToml('insecure-entitlements = ["network-host"]\n'),
      right: templateOfToml('insecure-entitlements = ["network.host"]\n'),
    },
  }),
  ...inToml((toml) =>
    elementsAt(toml, ['insecure-entitlements']).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || ENTITLEMENTS.includes(value)) return []
      const proposedValue = closest(value, ENTITLEMENTS)
      const message = `must be one of "network.host", "security.insecure", "device", got ${valueText(value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}
