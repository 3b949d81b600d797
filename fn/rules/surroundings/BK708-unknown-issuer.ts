import { closest } from '../../../crds/closest.ts'
import { manifests } from '../example.ts'
import type { Rule } from '../rule.ts'

const template = (name: string) => ({
  kind: 'BuildkitTemplate',
  spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name } } } },
})
const issuer = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: { name: 'builders-ca' },
  spec: { ca: { secretName: 'builders-ca' } },
}

/** A Certificate that nobody signs. */
export const rule: Rule = {
  severity: 'warning',
  what: 'The package has Issuers, but not the one that `tls.certificate` names.',
  why: 'cert-manager waits for the Issuer and reports it in the status of the CertificateRequest. Until it exists, the Secret is not filled, and Pods stay in ContainerCreating. Ignore the rule if the Issuer is in another package.',
  source: 'cert-manager v1.21.2, pkg/controller/certificaterequests/sync.go, Sync',
  example: { wrong: manifests(template('builder-ca'), issuer), right: manifests(template('builders-ca'), issuer) },
  of: 'package',
  needs: 'issuers',
  find: ({ templates, issuers }) =>
    templates.flatMap(({ template: { item, value } }) => {
      const { name, kind, group } = value.spec.tls?.certificate?.issuerRef ?? {}
      if (name === undefined || kind !== 'Issuer' || group !== 'cert-manager.io') return []
      const there = issuers.filter((one) => one.value.metadata.namespace === value.metadata.namespace)
      const names = there.map((one) => String(one.value.metadata.name))
      const elsewhere = issuers.find((one) => one.value.metadata.name === name)?.value.metadata.namespace
      if (names.includes(name) || (names.length === 0 && elsewhere === undefined)) return []
      const meant = elsewhere === undefined ? closest(name, names) : undefined
      const where = elsewhere === undefined ? 'is not in the package' : `is in namespace "${elsewhere}"`
      const message = `must name an Issuer of its namespace, got "${name}", which ${where}${meant === undefined ? '' : `; did you mean "${meant}"?`}`
      const path = ['spec', 'tls', 'certificate', 'issuerRef', 'name']
      return [{ item, path, message, currentValue: name, ...(meant !== undefined && { proposedValue: meant }) }]
    }),
}
