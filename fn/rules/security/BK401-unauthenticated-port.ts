import { PORT_NAME } from '../../../crds/names.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { areRestricted, policed } from '../facts/network-policies.ts'
import { requiresCertificates } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** A `command` of one's own may bring certificates beside `spec.tls`; by itself, `buildkitdToml` cannot: see BK402. */
export const rule: Rule = {
  severity: 'info',
  what: 'A builder asks its clients for no certificate.',
  why: 'Anyone who reaches the port can build, read the cache and, in privileged mode, become root on the node. A NetworkPolicy blocks other Pods, but not the build steps in the builder: a `RUN` step shares the network of the Pod, where no policy applies, and can call the BuildKit API at 127.0.0.1. A Dockerfile can therefore do everything that a client can, with other entitlements than its own build has. Set `spec.tls`, with which only clients with a certificate of your CA can build, and no build step. `clientAuth: None` encrypts the connection, but anyone can build. Or restrict who connects with a NetworkPolicy; with one in the package, this rule does not apply. Give teams that do not trust each other separate builders. To confirm that you accept this, ignore the rule on the template.',
  source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; util/network/netproviders/network.go',
  example: {
    wrong: templateOf({ rootless: true }),
    right: templateOf({ rootless: true, tls: { secretName: 'buildkit-tls' } }),
  },
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
  'is plain TCP without authentication; anyone who reaches it can build, and so can its own `RUN` steps, which no NetworkPolicy blocks; set `spec.tls`, or restrict who connects, and use a separate builder for what you do not trust'

const ENCRYPTED =
  'must be "Require" to authenticate clients, got "None"; the connection is encrypted, but anyone who reaches the port can build, and so can `RUN` steps of the builder'
