import { TLS_SERVER_NAME_ANNOTATION } from '../../crds/names.ts'
import type { Metadata } from './pod-trouble.ts'

const DNS_NAME_LENGTH_MAX = 253
/** RFC 1123 subdomain. */
const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** The name by which clients verify the certificate of a Pod. An annotation that is no DNS name counts as absent: nothing verifies it. */
export function tlsServerNameOf({ annotations }: Metadata): string | undefined {
  const annotation = annotations?.[TLS_SERVER_NAME_ANNOTATION]
  return isServerName(annotation) ? annotation : undefined
}

/** Whether a certificate can have this name. */
export function isServerName(text: unknown): text is string {
  // An annotation can have 256 kB, and the pattern exhausts the stack on a long text.
  return typeof text === 'string' && text.length <= DNS_NAME_LENGTH_MAX && DNS_NAME.test(text)
}
