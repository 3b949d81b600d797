import { keysOfSecret } from '../../render/tls.ts'
import { manifests } from '../example.ts'
import { secretsOfTemplates } from '../facts/tls-secrets.ts'
import type { Rule } from '../rule.ts'

const template = (clientAuth: string) => ({
  kind: 'BuildkitTemplate',
  spec: { tls: { secretName: 'buildkit-tls', clientAuth } },
})
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'buildkit-tls' },
  stringData: { 'tls.crt': '…', 'tls.key': '…' },
}

/** A Secret of which a Pod mounts more than it has. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'The Secret of `spec.tls` does not have every key that a Pod mounts.',
    why: 'The kubelet reports "references non-existent secret key", and the Pod stays in ContainerCreating. With `clientAuth: Require` the Secret needs `ca.crt`, the CA that has signed the certificates of clients. Some issuers of cert-manager, such as those for ACME, do not write `ca.crt`. The rule checks only Secrets that are in the package and not encrypted there.',
    source: 'kubernetes v1.37.2, pkg/volume/secret/secret.go, MakePayload',
    example: { wrong: manifests(template('Require'), secret), right: manifests(template('None'), secret) },
  }),
  of: 'package',
  needs: 'secrets',
  find: (facts) =>
    secretsOfTemplates(facts).flatMap(({ template: { spec, template: source }, secret: { item, keys, fieldOf } }) => {
      const missing = (spec.tls ? keysOfSecret(spec.tls) : []).filter((key) => !keys.includes(key))
      if (missing.length === 0) return []
      const message = `must have the keys that builders of BuildkitTemplate "${source.value.metadata.name}" mount, got no \`${missing.join('` and no `')}\``
      return [{ item, path: [fieldOf(keys[0] ?? '')], message }]
    }),
}
