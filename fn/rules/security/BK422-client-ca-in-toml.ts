import { valuesAt } from '../../toml/values-at.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOf } from '../example.ts'
import { TLS_TABLE } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** What `clientAuth: None` does not override. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`grpc.tls.ca` requires certificates of clients, although `clientAuth` is None.',
    why: 'With `clientAuth: None`, buildkitd gets no flag for a CA, so the `ca` in its configuration still applies: buildkitd requires a certificate of that CA from every client. The template sets the opposite, and buildkitd exits if the CA file is not in the Pod. Set `spec.tls.clientAuth: Require`, and put the CA into the Secret as `ca.crt`.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, applyMainFlags and serverCredentials',
    example: {
      wrong: templateOf({
        tls: { secretName: 'buildkit-tls', clientAuth: 'None' },
        buildkitdToml: '[grpc.tls]\n  ca = "/clients/ca.crt"\n',
      }),
      right: templateOf({ tls: { secretName: 'buildkit-tls', clientAuth: 'Require' } }),
    },
  }),
  ...asWritten((toml, { spec: { tls } }) => {
    if (tls?.clientAuth !== 'None') return []
    return valuesAt(toml, [...TLS_TABLE, 'ca']).flatMap(({ path, value }) => {
      const message =
        'must be left out with `clientAuth: None`, because it makes buildkitd require certificates of clients; set `spec.tls.clientAuth: Require`, with `ca.crt` in the Secret'
      return value ? [{ path, message }] : []
    })
  }),
}
