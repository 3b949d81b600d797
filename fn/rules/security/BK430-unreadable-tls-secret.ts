import { keysOfSecret } from '../../render/tls.ts'
import { CA, CERTIFICATE, KEY, withSecret } from '../example-certificates.ts'
import { secretsOfTemplates } from '../facts/tls-secrets.ts'
import { whyUnreadable } from '../facts/unreadable-files.ts'
import { canReadCertificates } from '../facts/x509.ts'
import type { Rule } from '../rule.ts'

/** Files that contain no certificate or key. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'buildkitd cannot read a certificate or key in the Secret of `spec.tls`.',
    why: 'buildkitd reads PEM: certificates in `tls.crt` and `ca.crt`, and an unencrypted private key in `tls.key`. With anything else it exits with "could not load server key pair" or "failed to append ca cert", and the Pod crash-loops. In `data`, each file must be encoded in base64 once; in `stringData`, not at all. The rule checks only Secrets that are in the package and not encrypted there. It skips placeholders such as `<path:…>` and `ENC[…]`, and Secrets whose values are all empty.',
    source:
      'Go 1.26, crypto/tls/tls.go, X509KeyPair, and crypto/x509/cert_pool.go, AppendCertsFromPEM; buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials',
    example: {
      wrong: withSecret({ 'ca.crt': CA, 'tls.crt': KEY, 'tls.key': CERTIFICATE }),
      right: withSecret({ 'ca.crt': CA, 'tls.crt': CERTIFICATE, 'tls.key': KEY }),
    },
  }),
  of: 'package',
  needs: 'secrets',
  find: (facts) => {
    if (!canReadCertificates()) return []
    return secretsOfTemplates(facts).flatMap(({ template, secret }) => {
      const { tls } = template.spec
      return (tls ? keysOfSecret(tls) : []).flatMap((key) => {
        const message = whyUnreadable(secret, key)
        return message === undefined ? [] : [{ item: secret.item, path: [secret.fieldOf(key), key], message }]
      })
    })
  },
}
