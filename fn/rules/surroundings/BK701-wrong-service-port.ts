import { METRICS_PORT_NAME, PORT_NAME } from '../../../crds/names.ts'
import { grouped } from '../../common/collections.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { type Service, served } from '../facts/services.ts'
import { debugEndpoint } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** A Service behind which nobody listens. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Service targets a port that its builders do not listen on.',
    why: 'The Service finds the Pods and sends clients to a closed port, so connections are refused. Without `targetPort`, the target is the port of the Service itself. "tcp", the name of a builder\'s port, follows `spec.port`.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/core/v1/types.go, ServicePort; fn/render/pod-spec.ts',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate', spec: { port: 8372 } },
        {
          apiVersion: 'v1',
          kind: 'Service',
          spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'example' }, ports: [{ port: 1234 }] },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate', spec: { port: 8372 } },
        {
          apiVersion: 'v1',
          kind: 'Service',
          spec: {
            selector: { 'buildkit.seatgeek.io/buildkit': 'example' },
            ports: [{ port: 1234, targetPort: 'tcp' }],
          },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'services',
  find: (facts) => {
    const closed = served(facts).groups.flatMap((group) => {
      return group.by
        .filter((service) => isClosed(service, group.builder.template))
        .map((service) => ({ service, group }))
    })
    return [...grouped(closed, ({ service }) => service)].map(([{ item, ports }, same]) => {
      const names = namesOf(same.flatMap(({ group }) => group.buildkits))
      const wanted = [...new Set(same.map(({ group }) => group.builder.template.spec.port))]
      const got = ports.map(({ target }) => JSON.stringify(target)).join(', ')
      const message = `must have a \`targetPort\` of "${PORT_NAME}" or ${wanted.join(' and ')} for ${names}, got ${got}, on which nothing listens`
      return { item, path: ['spec', 'ports'], message }
    })
  },
}

/** One port of the builder is enough, or one for its metrics. */
function isClosed({ hasAddress, ports }: Service, template: TemplateFacts): boolean {
  if (!hasAddress || ports.length === 0) return false
  const metrics = template.spec.observability.metrics && METRICS_PORT_NAME
  const open = [template.spec.port, PORT_NAME, debugEndpoint(template)?.port, metrics]
  return !ports.some(({ protocol, target }) => protocol === 'TCP' && open.includes(target))
}
