import { nearestBreach } from '../breaches/breach.ts'
import { templateOf, templateOfToml } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { TLS_TABLE, tlsFiles } from '../facts/settings.ts'
import { commandIn } from '../facts/situation-of.ts'
import type { Rule } from '../rule.ts'

/** What BuildKit makes of half a `[grpc.tls]`, where BK402 has not said to remove it; with `spec.tls`, BK401 and BK422 say what is wrong. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`[grpc.tls]` does not ask clients for a certificate.',
    why: 'Without `ca`, the connection is encrypted, but anyone can build. With `ca` and neither `cert` nor `key`, there is no TLS at all: buildkitd listens in clear text and only logs it. Set `spec.tls` instead, which requires a certificate of clients.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials and getListener',
    example: {
      wrong: templateOfToml('[grpc.tls]\n  ca = "/certs/ca.crt"\n'),
      right: templateOf({
        command: ['/start-with-tls'],
        buildkitdToml: '[grpc.tls]\n  cert = "/certs/tls.crt"\n  key = "/certs/tls.key"\n  ca = "/certs/ca.crt"\n',
      }),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    if (template.spec.tls) return []
    const { cert, key, ca } = tlsFiles(template)
    if (ca && !cert && !key) {
      const message =
        '`grpc.tls.ca` has no effect without `cert` and `key`; the port serves clear text without authentication; set `spec.tls` instead'
      return [nearestBreach(template.settings, [...TLS_TABLE, 'ca'], message)]
    }
    if (!(cert && key) || ca || !isStartedOtherwise(template)) return []
    const message =
      '`grpc.tls.ca` must name the CA of the clients, got none; without it, buildkitd asks no client for a certificate'
    return [nearestBreach(template.settings, [...TLS_TABLE, 'cert'], message)]
  },
}

/** By a program that may have certificates, and another port for probes. */
function isStartedOtherwise({ spec }: TemplateFacts): boolean {
  return commandIn(spec.command ?? []) === 'another'
}
