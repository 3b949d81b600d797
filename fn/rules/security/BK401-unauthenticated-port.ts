import { PORT_NAME } from '../../../crds/names.ts'
import { valueAt } from '../../toml/values-at.ts'
import { manifests, templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { areRestricted, policed } from '../facts/network-policies.ts'
import type { Rule } from '../rule.ts'

/** A `command` of one's own may bring certificates, which nothing else can: see BK402. */
export const rule: Rule = {
  severity: 'info',
  what: 'A builder serves plain TCP without authentication.',
  why: 'Anyone who reaches the port can build, read the cache and, in privileged mode, become root on the node. A NetworkPolicy blocks other Pods, but not the build steps in the builder: a `RUN` step shares the network of the Pod, where no policy applies, and can call the BuildKit API at 127.0.0.1. A Dockerfile can therefore do everything that a client can, with other entitlements than its own build has. Restrict who connects with a NetworkPolicy; with one in the package, this rule does not apply. Give teams that do not trust each other separate builders. A template has no field for certificates yet. To confirm that you accept this, ignore the rule on the template.',
  source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; util/network/netproviders/network.go',
  example: {
    wrong: templateOf({ rootless: true }),
    right: manifests({
      kind: 'BuildkitTemplate',
      metadata: { annotations: { 'buildkit.seatgeek.io/ignore-rules': 'BK401' } },
      spec: { rootless: true },
    }),
  },
  of: 'package',
  find: (facts) => {
    const { groups } = policed(facts)
    return facts.templates.flatMap((template) => {
      const { port } = template.spec
      const own = groups.filter(({ builder }) => builder.template === template)
      if (hasOwnCertificates(template) || areRestricted(own, { number: port, name: PORT_NAME })) return []
      const { item } = template.template
      return [{ item, path: ['spec', 'port'], currentValue: port, message: MESSAGE }]
    })
  },
}

const MESSAGE =
  'is plain TCP without authentication; anyone who reaches it can build, and so can its own `RUN` steps, which no NetworkPolicy blocks; restrict who connects, and use a separate builder for what you do not trust'

/** Those of a program that starts buildkitd: nothing else can bring some. */
function hasOwnCertificates({ settings, spec }: TemplateFacts): boolean {
  const isMutual = ['cert', 'key', 'ca'].every((key) => valueAt(settings, ['grpc', 'tls', key])?.value)
  return isMutual && Boolean(spec.command?.length)
}
