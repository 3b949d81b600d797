import { valueText } from '../../results/toml-texts.ts'
import { isIpAddress } from '../../upstream/buildkit/ip-address.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { nameServersIn } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** With one of them no step starts. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'A name server is not an IP address.',
    why: 'Every `RUN` step fails with "bad nameserver address": BuildKit accepts only addresses, without a port.',
    source: 'buildkit v0.34.2, executor/oci/resolvconf.go, GetResolvConf',
    example: {
      wrong: templateOfToml('[dns]\nnameservers = ["dns.example.com"]\n'),
      right: templateOfToml('[dns]\nnameservers = ["10.96.0.10"]\n'),
    },
  }),
  ...inToml((toml) =>
    nameServersIn(toml).flatMap(({ path, value }) => {
      if (isIpAddress(value)) return []
      const proposedValue = bareAddress(value)
      const message = `must be an IP address such as "10.96.0.10", without a port, got ${valueText(value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}

/** The address in a text with a port, brackets, a scheme or blanks. */
function bareAddress(text: string): string | undefined {
  const [, bracketed, plain = ''] = /^(?:\w+:\/\/)?(?:\[([^\]]*)\]|([^:/]*))(?::\d+)?\/?$/.exec(text.trim()) ?? []
  const address = bracketed ?? plain
  return isIpAddress(address) ? address : undefined
}
