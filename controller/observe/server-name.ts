import { isDnsSubdomain } from '../../crds/dns-subdomain.ts'
import { TLS_SERVER_NAME_ANNOTATION } from '../../crds/names.ts'
import type { Metadata } from './pod-trouble.ts'

/** The name by which clients verify the certificate of a Pod. An annotation that is no DNS name counts as absent: nothing verifies it. */
export function tlsServerNameOf({ annotations }: Metadata): string | undefined {
  const annotation = annotations?.[TLS_SERVER_NAME_ANNOTATION]
  return isServerName(annotation) ? annotation : undefined
}

/** Whether a certificate can have this name. */
export function isServerName(text: unknown): text is string {
  return typeof text === 'string' && isDnsSubdomain(text)
}
