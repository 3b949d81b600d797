import { CA, CERTIFICATE, KEY, OTHER_KEY, withSecret } from '../example-certificates.ts'
import { secretsOfTemplates } from '../facts/tls-secrets.ts'
import type { Rule } from '../rule.ts'

/** A certificate and the key of another. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'In the Secret of `spec.tls`, `tls.key` is not the key of `tls.crt`.',
    why: 'buildkitd exits with "private key does not match public key", and the Pod crash-loops. In `tls.crt`, the certificate of the builder must be first, before those of intermediate CAs. The rule checks only Secrets that are in the package and not encrypted there.',
    source: 'Go 1.26, crypto/tls/tls.go, X509KeyPair; buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials',
    example: {
      wrong: withSecret({ 'ca.crt': CA, 'tls.crt': CERTIFICATE, 'tls.key': OTHER_KEY }),
      right: withSecret({ 'ca.crt': CA, 'tls.crt': CERTIFICATE, 'tls.key': KEY }),
    },
  }),
  of: 'package',
  needs: 'secrets',
  find: (facts) =>
    secretsOfTemplates(facts).flatMap(
      ({
        secret: {
          item,
          chain: [certificate],
          key,
          fieldOf,
        },
      }) => {
        if (!certificate || !key || certificate.checkPrivateKey(key)) return []
        const message = 'must be the private key of the first certificate in `tls.crt`, which has another public key'
        return [{ item, path: [fieldOf('tls.key'), 'tls.key'], message }]
      },
    ),
}
