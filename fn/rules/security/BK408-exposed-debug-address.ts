import { METRICS_PORT_NAME } from '../../../crds/names.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { areRestricted, policed } from '../facts/network-policies.ts'
import { debugEndpoint } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Fine where a NetworkPolicy says who reaches the Pod, as for metrics. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`observability.metrics` or `debugAddress` is open to the whole cluster.',
    why: 'The address serves metrics, but also profiles and the contents of the cache, and it accepts requests that keep buildkitd busy, such as one to compact its databases. None of them needs authentication. `kubectl port-forward` still reaches the address on 127.0.0.1. If Prometheus reads the metrics, add to this package a NetworkPolicy that selects the builders and allows Prometheus to connect; this rule then does not apply. A `RUN` step can still use the address, because it shares the network of the Pod.',
    source: 'buildkit v0.34.2, cmd/buildkitd/debug.go, setupDebugHandlers and handleCompactionRequest',
    example: {
      wrong: templateOfToml('[grpc]\n  debugAddress = "0.0.0.0:6060"\n'),
      right: templateOfToml('[grpc]\n  debugAddress = "127.0.0.1:6060"\n'),
    },
  }),
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
      if (areRestricted(own, { number: port, name: METRICS_PORT_NAME })) return []
      const { item } = template.template
      if (template.spec.observability.metrics) return [{ item, path: FIELD, currentValue: port, message: METRICS }]
      const message = `\`grpc.debugAddress\` must be an address in the Pod, such as "127.0.0.1:${port}", got "${address}"; it has no authentication; or restrict who connects with a NetworkPolicy`
      return [{ item, ...breachAt(setting, message) }]
    })
  },
}

const FIELD = ['spec', 'observability', 'metrics', 'port']

const METRICS =
  'also serves profiles and the contents of the cache, without authentication, to anyone who can reach it; restrict who connects with a NetworkPolicy in this package'
