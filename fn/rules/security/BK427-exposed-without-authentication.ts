import { PORT_NAME } from '../../../crds/names.ts'
import { grouped } from '../../common/collections.ts'
import type { Breach } from '../breaches/breach.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { templateOf } from '../example.ts'
import type { PackageFacts, TemplateFacts } from '../facts/facts.ts'
import { type Service, served } from '../facts/services.ts'
import { requiresCertificates } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Builders for the whole network. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Service exposes builders outside the cluster, and the builders do not require client certificates.',
    why: 'NodePort opens a port on every node, LoadBalancer creates an address that may be public, and `externalIPs` are addresses outside the cluster. Anyone who can reach one of them can build, read the cache and, in privileged mode, become root on the node. Set `spec.tls` with `clientAuth: Require`, or keep `type: ClusterIP` and leave out `externalIPs`. The rule checks Services that a template renders, and your own Services that select builders.',
    source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; fn/render/service.ts',
    example: {
      wrong: templateOf({ service: { type: 'LoadBalancer' } }),
      right: templateOf({ service: { type: 'LoadBalancer' }, tls: { secretName: 'buildkit-tls' } }),
    },
  }),
  of: 'package',
  find: (facts) => [...facts.templates.flatMap(byTemplate), ...byServices(facts)],
}

function byTemplate(template: TemplateFacts): readonly Breach[] {
  const { service } = template.spec
  if (!service?.type || service.type === 'ClusterIP' || requiresCertificates(template)) return []
  const { item } = template.template
  const message = `must be "ClusterIP" without client certificates, got "${service.type}"; anyone who can reach it can build; set \`spec.tls\` with \`clientAuth: Require\``
  return [{ item, path: ['spec', 'service', 'type'], message, currentValue: service.type }]
}

/** Services that users wrote, each with the builders that it exposes. */
function byServices(facts: PackageFacts): readonly Breach[] {
  if (facts.services.length === 0) return []
  const exposed = served(facts).groups.flatMap((group) => {
    const { template } = group.builder
    if (requiresCertificates(template)) return []
    return group.by.filter((one) => one.exposedBy && isForBuilds(one, template)).map((service) => ({ service, group }))
  })
  return [...grouped(exposed, ({ service }) => service)].flatMap(([{ item, exposedBy = 'type' }, same]) => {
    const names = namesOf(same.flatMap(({ group }) => group.buildkits))
    const wanted = exposedBy === 'type' ? '"ClusterIP"' : 'left out'
    const message = `must be ${wanted} without client certificates; anyone who can reach it can build on ${names}; set \`spec.tls\` of the template with \`clientAuth: Require\``
    return [{ item, path: ['spec', exposedBy], message }]
  })
}

/** Whether it leads to the port for builds; BK408 reports the one for metrics. */
function isForBuilds({ ports }: Service, { spec }: TemplateFacts): boolean {
  return ports.some(({ protocol, target }) => protocol === 'TCP' && (target === spec.port || target === PORT_NAME))
}
