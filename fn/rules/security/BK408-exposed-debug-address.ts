import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { areRestricted, policed } from '../facts/network-policies.ts'
import { debugEndpoint } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Fine where a NetworkPolicy says who reaches the Pod, as for metrics. */
export const rule: Rule = {
  severity: 'warning',
  what: '`debugAddress` is open to the whole cluster.',
  why: 'The address serves metrics, but also profiles and the contents of the cache, and it accepts requests that keep buildkitd busy, such as one to compact its databases. None of them needs authentication. `kubectl port-forward` still reaches the address on 127.0.0.1. If Prometheus reads the metrics, add a NetworkPolicy that selects the builders to this package; this rule then does not apply.',
  source: 'buildkit v0.34.2, cmd/buildkitd/debug.go, setupDebugHandlers and handleCompactionRequest',
  example: {
    wrong: templateOfToml('[grpc]\n  debugAddress = "0.0.0.0:6060"\n'),
    right: templateOfToml('[grpc]\n  debugAddress = "127.0.0.1:6060"\n'),
  },
  of: 'package',
  find: (facts) => {
    const opened = facts.templates.flatMap((template) => {
      const endpoint = debugEndpoint(template)
      return endpoint && !endpoint.isInPod ? [{ template, endpoint }] : []
    })
    if (opened.length === 0) return []
    const { groups } = policed(facts)
    return opened.flatMap(({ template, endpoint: { setting, address, port = 6060 } }) => {
      const own = groups.filter(({ builder }) => builder.template === template)
      if (areRestricted(own, { number: port })) return []
      const message = `\`grpc.debugAddress\` must be an address in the Pod, such as "127.0.0.1:${port}", got "${address}"; it has no authentication; or restrict who connects with a NetworkPolicy`
      return [{ item: template.template.item, ...breachAt(setting, message) }]
    })
  },
}
