import { extendedUsages, isForHost, isUsableFor, otherHolder } from '../../upstream/cert-manager/certificate.ts'
import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import { type Filled, type Filling, filledSecrets } from '../facts/certificates.ts'
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
  text: () => ({
    what: 'The Certificate that fills the Secret of `spec.tls` does not fit the builders.',
    why: 'Clients verify builders by the server name of the template, which `status.tlsServerName` shows: `tls.serverName`, or `<template>.<namespace>.svc`. Every client refuses a certificate without that name, or with `usages` for clients only. The Certificate may be rendered for another template that names the same Secret. If it is the Certificate of a CA or of a client, the template names the wrong Secret.',
    source:
      'Go 1.26, crypto/x509/verify.go, VerifyHostname and checkChainForKeyUsage; cert-manager v1.21.2, pkg/apis/certmanager/v1/types.go, KeyUsage',
    example: {
      wrong: manifests(buildkit, template, certificate('builders.ci.svc')),
      right: manifests(buildkit, template, certificate('example.ci.svc')),
    },
  }),
  of: 'package',
  find: (facts) =>
    filledSecrets(facts).flatMap((filled) => {
      if (filled.tls.certificate) return []
      return filled.others.flatMap((one) => {
        const holder = otherHolder(one.spec, filled.serverName)
        return holder ? [secretMistake(filled, one, holder)] : [...nameMistake(filled, one), ...usageMistake(one)]
      })
    }),
}

/** The Certificate is right, and the Secret that the template names is not. */
function secretMistake({ template: { template: source }, tls }: Filled, { item }: Filling, holder: string): Breach {
  const { secretName } = tls
  const message = `must be a Secret for builders, got "${secretName}", which Certificate "${item.object?.metadata.name}" fills for ${holder}`
  return { item: source.item, path: ['spec', 'tls', 'secretName'], message, currentValue: secretName }
}

function nameMistake(
  { template: { template: source }, serverName }: Filled,
  { item, from, spec }: Filling,
): readonly Breach[] {
  if (isForHost(spec, serverName)) return []
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

function usageMistake({ item, from, spec }: Filling): readonly Breach[] {
  const extended = extendedUsages(spec)
  if (from || isUsableFor('server auth', extended)) return []
  return [
    { item, path: ['spec', 'usages'], message: `must have "server auth" for a builder, got ${extended.join(', ')}` },
  ]
}
