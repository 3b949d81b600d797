import { CA, CERTIFICATE, KEY, OTHER_CA, withSecret } from '../example-certificates.ts'
import { secretsOfTemplates } from '../facts/tls-secrets.ts'
import { isTrusted } from '../facts/x509.ts'
import type { Rule } from '../rule.ts'

const FILES = { 'tls.crt': CERTIFICATE, 'tls.key': KEY }

/** Two CAs, one for each side. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'In the Secret of `spec.tls`, the CA in `ca.crt` has not signed `tls.crt`.',
    why: 'buildkitd verifies clients with `ca.crt`. Clients usually get the same file to verify builders, and then refuse a certificate of another CA with "certificate signed by unknown authority". If clients get another CA on purpose, ignore the rule on the Secret. The rule does not check whether a certificate has expired, because the result of a render must not depend on the time. The rule checks only Secrets that are in the package and not encrypted there.',
    source: 'Go 1.26, crypto/x509/verify.go, Verify; buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials',
    example: { wrong: withSecret({ ...FILES, 'ca.crt': OTHER_CA }), right: withSecret({ ...FILES, 'ca.crt': CA }) },
  }),
  of: 'package',
  needs: 'secrets',
  find: (facts) =>
    secretsOfTemplates(facts).flatMap(({ secret: { item, chain, authorities, fieldOf } }) => {
      if (chain.length === 0 || authorities.length === 0 || isTrusted(chain, authorities)) return []
      const message =
        'must have signed `tls.crt`, directly or through a CA in it; clients that verify builders by this file refuse them'
      return [{ item, path: [fieldOf('ca.crt'), 'ca.crt'], message }]
    }),
}
