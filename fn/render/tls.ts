import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import type { Tls } from '../../crds/tls.ts'
import type { TemplateSpec } from './daemon.ts'

/** Where the Secret is mounted, and the names of its keys, as cert-manager writes them. */
export const CERTIFICATES = '/certs'
const [CERTIFICATE, KEY, CA] = ['tls.crt', 'tls.key', 'ca.crt'] as const

/** The file that changes when a certificate was renewed. */
export const CERTIFICATE_FILE = `${CERTIFICATES}/${CERTIFICATE}`

/** What the certificate of a server is for. */
export const SERVER_USAGE = 'server auth'

/** The keys that the Secret of a template must have. */
export function keysOfSecret({ clientAuth }: Pick<Tls, 'clientAuth'>): readonly string[] {
  return [CERTIFICATE, KEY, ...(clientAuth === 'Require' ? [CA] : [])]
}

/** What makes buildkitd serve TLS; without a CA it asks clients for no certificate (cmd/buildkitd/main.go, serverCredentials). */
export function tlsArgs({ tls }: TemplateSpec): readonly string[] {
  if (!tls) return []
  const flags = {
    '--tlscert': CERTIFICATE,
    '--tlskey': KEY,
    ...(tls.clientAuth === 'Require' && { '--tlscacert': CA }),
  }
  return Object.entries(flags).flatMap(([flag, key]) => [flag, `${CERTIFICATES}/${key}`])
}

/** The name by which clients verify a template's builders; undefined where they serve plain TCP. */
export function serverNameOf({ metadata, spec: { tls } }: BuildkitTemplate): string | undefined {
  return tls && (tls.serverName ?? inCluster(metadata.name, metadata.namespace))
}

/** The `spec` of the Certificate that fills the Secret of a template; undefined where something else does. */
export function certificateSpec(template: BuildkitTemplate): Readonly<Record<string, unknown>> | undefined {
  const { tls, service } = template.spec
  if (!tls?.certificate) return undefined
  const { issuerRef, duration, renewBefore, dnsNames = [] } = tls.certificate
  const { namespace } = template.metadata
  const ofServices = service && namespace !== undefined ? [inCluster('*', namespace)] : []
  return {
    secretName: tls.secretName,
    ...(duration !== undefined && { duration }),
    ...(renewBefore !== undefined && { renewBefore }),
    dnsNames: [...new Set([serverNameOf(template), ...ofServices, ...dnsNames])],
    usages: ['digital signature', 'key encipherment', SERVER_USAGE],
    privateKey: { rotationPolicy: 'Always' },
    issuerRef: { name: issuerRef.name, kind: issuerRef.kind, group: issuerRef.group },
  }
}

/** A name as those of Services are, in a namespace that Git may not know. */
function inCluster(name: string, namespace: string | undefined): string {
  return [name, ...(namespace === undefined ? [] : [namespace]), 'svc'].join('.')
}
