import { CA, CERTIFICATE, KEY, withSecret } from '../example-certificates.ts'
import { secretsOfTemplates } from '../facts/tls-secrets.ts'
import type { Rule } from '../rule.ts'

const FILES = { 'ca.crt': CA, 'tls.crt': CERTIFICATE, 'tls.key': KEY }

/** As Go verifies a name: by subject alternative names alone, with wildcards for one whole label. */
const AS_GO = { subject: 'never', partialWildcards: false } as const

/** A certificate for something else. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'The certificate in the Secret of `spec.tls` is not valid for the server name of the template.',
    why: 'Clients verify builders by `tls.serverName` or `<template>.<namespace>.svc`, which `status.tlsServerName` shows, and refuse a certificate for another name. Clients verify the DNS names of a certificate, and ignore its subject. Set `spec.tls.serverName` to a name in the certificate, or issue a certificate for the server name. The rule checks only Secrets that are in the package and not encrypted there.',
    source: 'Go 1.26, crypto/x509/verify.go, VerifyHostname',
    example: { wrong: withSecret(FILES, 'builders.example.com'), right: withSecret(FILES, 'example.svc') },
  }),
  of: 'package',
  needs: 'secrets',
  find: (facts) =>
    secretsOfTemplates(facts).flatMap(
      ({
        template,
        name,
        serverName,
        secret: {
          chain: [certificate],
        },
      }) => {
        if (!certificate || certificate.checkHost(serverName, AS_GO)) return []
        const message = `must be a DNS name of the certificate in Secret "${name}", got "${serverName}"; clients that verify this name refuse the builder`
        const isSet = template.spec.tls?.serverName !== undefined
        const { item } = template.template
        return [{ item, path: ['spec', 'tls', 'serverName'], message, ...(isSet && { currentValue: serverName }) }]
      },
    ),
}
