import { PORT_NAME } from '../../../crds/names.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { areRestricted, policed } from '../facts/network-policies.ts'
import { requiresCertificates } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** A `command` of one's own may bring certificates beside `spec.tls`; by itself, `buildkitdToml` cannot: see BK402. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'A builder does not require client certificates.',
    why: 'Anyone who can reach the port can build, read the cache and, in privileged mode, become root on the node. A NetworkPolicy blocks other Pods, but not the build steps in the builder: a `RUN` step shares the network of the Pod, where no policy applies, and can call the BuildKit API at 127.0.0.1. A Dockerfile can therefore do everything that a client can, and can use entitlements that its own build does not have. Set `spec.tls`: then only clients with a certificate of your CA can build, and no build step can. `clientAuth: None` encrypts the connection, but anyone can build. Or restrict who connects with a NetworkPolicy; this rule does not apply if the package has one. Give teams that do not trust each other separate builders. To confirm that you accept this, ignore the rule on the template.',
    source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; util/network/netproviders/network.go',
    example: {
      wrong: templateOf({ rootless: true }),
      right: templateOf({ rootless: true, tls: { secretName: 'buildkit-tls' } }),
    },
  }),
  of: 'package',
  find: (facts) => {
    const { groups } = policed(facts)
    return facts.templates.flatMap((template): readonly Breach[] => {
      const { port } = template.spec
      const own = groups.filter(({ builder }) => builder.template === template)
      if (requiresCertificates(template) || areRestricted(own, { number: port, name: PORT_NAME })) return []
      const { item } = template.template
      if (template.spec.tls) return [{ item, path: CLIENT_AUTH, currentValue: 'None', message: ENCRYPTED }]
      return [{ item, path: ['spec', 'port'], currentValue: port, message: PLAIN }]
    })
  },
}

const CLIENT_AUTH = ['spec', 'tls', 'clientAuth']

const PLAIN =
  'is plain TCP without authentication; anyone who can reach it can build, including `RUN` steps of the builder, which no NetworkPolicy blocks; set `spec.tls`, or restrict who connects, and use a separate builder for what you do not trust'

const ENCRYPTED =
  'must be "Require" to authenticate clients, got "None"; the connection is encrypted, but anyone who can reach the port can build, including `RUN` steps of the builder'
