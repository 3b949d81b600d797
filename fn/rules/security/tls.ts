import { valueAt } from '../../toml/value-at.ts'
import { foundInMatrix } from '../breaches/in-matrix.ts'
import { tomlBreach } from '../breaches/toml-breach.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { commandIn } from '../facts/situation-of.ts'
import type { Rule } from '../rule.ts'

const TABLE = ['grpc', 'tls']
const SOURCE = 'buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials and getListener'

/** Kubelets probe without TLS, and a template has no field for a Secret. A program of one's own may do anything, so it is not judged. */
export const TLS_IN_TOML: Rule = {
  id: 'BK402',
  severity: 'error',
  what: '`[grpc.tls]`, or flags that say the same, make a builder that never becomes ready.',
  why: 'buildkitd then speaks nothing but TLS on its port, and a kubelet probes gRPC without it: the startup probe fails for two minutes, the container is started again, and so on. Nor can the files be there: a template has no field that mounts a Secret, and without the files buildkitd ends at once.',
  source: `${SOURCE}; kubernetes v1.37.2, pkg/probe/grpc/grpc.go`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [grpc.tls]
      cert = "/certs/tls.crt"
      key = "/certs/tls.key"
      ca = "/certs/ca.crt"
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [log]
      format = "json"
`,
  },
  of: 'template',
  needs: 'settings',
  find: foundInMatrix('BK402', ({ template }) => {
    const { cert } = filesOf(template)
    const message =
      '`grpc.tls` must be left out: the probes of a kubelet speak no TLS, and no Secret can be mounted, so that the container would be started again and again; remove it, and keep strangers out with a NetworkPolicy'
    return [tomlBreach(template.settings, [...TABLE, cert ? 'cert' : 'key'], message)]
  }),
}

/** What BuildKit makes of half a `[grpc.tls]`, where BK402 has not said to remove it. */
export const TLS_WITHOUT_CLIENT_CA: Rule = {
  id: 'BK403',
  severity: 'warning',
  what: '`[grpc.tls]` asks no client for a certificate.',
  why: 'Without `ca` the connection is encrypted, but everybody may build. With `ca` and neither `cert` nor `key` there is no TLS at all: buildkitd listens in clear text and says so in its log only.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [grpc.tls]
      ca = "/certs/ca.crt"
`,
    right: `kind: BuildkitTemplate
spec:
  command: [/start-with-tls]
  buildkitdToml: |
    [grpc.tls]
      cert = "/certs/tls.crt"
      key = "/certs/tls.key"
      ca = "/certs/ca.crt"
`,
  },
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const { cert, key, ca } = filesOf(template)
    if (ca && !cert && !key) {
      const message =
        '`grpc.tls.ca` has no effect without `cert` and `key`: the port speaks clear text and asks nobody for a certificate; remove it'
      return [tomlBreach(template.settings, [...TABLE, 'ca'], message)]
    }
    if (!(cert && key) || ca || !isStartedOtherwise(template)) return []
    const message =
      '`grpc.tls.ca` must name the CA of the clients, got none: without it no client is asked for a certificate'
    return [tomlBreach(template.settings, [...TABLE, 'cert'], message)]
  },
}

function filesOf({ settings }: TemplateFacts) {
  const isSet = (key: string) => Boolean(valueAt(settings, [...TABLE, key])?.value)
  return { cert: isSet('cert'), key: isSet('key'), ca: isSet('ca') }
}

/** By a program that may have certificates, and another port for probes. */
function isStartedOtherwise({ spec }: TemplateFacts): boolean {
  return commandIn(spec.command ?? []) === 'another'
}
