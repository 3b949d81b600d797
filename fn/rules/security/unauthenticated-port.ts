import { valueAt } from '../../toml/value-at.ts'
import type { Rule } from '../rule.ts'

/** A `command` of one's own may bring certificates, which nothing else can: see BK402. */
export const UNAUTHENTICATED_PORT: Rule = {
  id: 'BK401',
  severity: 'info',
  what: 'A builder serves plain TCP and asks nobody for a certificate.',
  why: 'Whoever reaches the port may build, read the cache and, in privileged mode, become root on the node. A NetworkPolicy keeps other Pods away, but not the build steps that run in the builder: a `RUN` step shares the network of the Pod, where no policy filters, and can call the BuildKit API at 127.0.0.1, so that a Dockerfile may do what a client may, with other entitlements than its own build was given. Restrict who connects with a NetworkPolicy, and give teams that do not trust each other builders of their own. A template has no field for certificates yet; ignoring this rule on it says that all this is known.',
  source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; util/network/netproviders/network.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
`,
    right: `kind: BuildkitTemplate
metadata:
  annotations:
    buildkit.seatgeek.io/ignore-rules: BK401
spec:
  rootless: true
`,
  },
  of: 'template',
  find: ({ spec, settings }) => {
    const isMutual = ['cert', 'key', 'ca'].every((key) => valueAt(settings, ['grpc', 'tls', key])?.value)
    if (isMutual && spec.command?.length) return []
    const message =
      'is plain TCP: whoever reaches it may build, and so may its own `RUN` steps, which no NetworkPolicy keeps out; restrict who connects, and build what you do not trust with a builder of its own'
    return [{ path: ['spec', 'port'], currentValue: spec.port, message }]
  },
}
