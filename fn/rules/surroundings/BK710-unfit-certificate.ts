import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import { coversHost, type Filled, type Filling, filledSecrets } from '../facts/certificates.ts'
import type { Rule } from '../rule.ts'

const template = {
  kind: 'BuildkitTemplate',
  metadata: { namespace: 'ci' },
  spec: { tls: { secretName: 'buildkit-tls' } },
}
const certificate = (dnsName: string) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'builders', namespace: 'ci' },
  spec: { secretName: 'buildkit-tls', dnsNames: [dnsName], issuerRef: { name: 'builders-ca' } },
})
const buildkit = { kind: 'Buildkit', metadata: { namespace: 'ci' } }

/** A Certificate that is for something else. */
export const rule: Rule = {
  severity: 'error',
  what: 'The Certificate that fills the Secret of `spec.tls` does not fit the builders.',
  why: 'Clients verify builders by the server name of the template, `tls.serverName` or `<template>.<namespace>.svc`, which `status.tlsServerName` shows. Every client refuses a certificate without that name, or with `usages` for clients only. The Certificate may be one that another template renders for its own name.',
  source:
    'Go 1.26, crypto/x509/verify.go, VerifyHostname and checkChainForKeyUsage; cert-manager v1.21.2, pkg/apis/certmanager/v1/types.go, KeyUsage',
  example: {
    wrong: manifests(buildkit, template, certificate('builders.ci.svc')),
    right: manifests(buildkit, template, certificate('example.ci.svc')),
  },
  of: 'package',
  find: (facts) =>
    filledSecrets(facts).flatMap((filled) => {
      if (filled.tls.certificate) return []
      return filled.others.flatMap((one) => [...nameMistake(filled, one), ...usageMistake(one)])
    }),
}

function nameMistake(
  { template: { template: source }, serverName }: Filled,
  { item, from, spec }: Filling,
): readonly Breach[] {
  const dnsNames: readonly unknown[] = Array.isArray(spec.dnsNames) ? spec.dnsNames : []
  if (dnsNames.some((one) => coversHost(one, serverName))) return []
  const { name } = source.value.metadata
  const path = from ? ['spec', 'tls', 'certificate', 'dnsNames'] : ['spec', 'dnsNames']
  return [
    {
      item,
      path,
      message: `must have "${serverName}", by which clients verify builders of BuildkitTemplate "${name}"`,
    },
  ]
}

const FOR_SERVERS = ['server auth', 'any']

/** Without any, a certificate is for every purpose. */
function usageMistake({ item, from, spec: { usages } }: Filling): readonly Breach[] {
  if (from || !Array.isArray(usages)) return []
  const extended = usages.filter((usage) => EXTENDED.includes(usage))
  if (extended.length === 0 || FOR_SERVERS.some((usage) => extended.includes(usage))) return []
  return [
    { item, path: ['spec', 'usages'], message: `must have "server auth" for a builder, got ${extended.join(', ')}` },
  ]
}

/** The usages that exclude others; `digital signature` and the like do not. */
const EXTENDED = [
  ...FOR_SERVERS,
  'client auth',
  'code signing',
  'email protection',
  's/mime',
  'ocsp signing',
  'timestamping',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'microsoft sgc',
  'netscape sgc',
]
