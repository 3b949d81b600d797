import * as z from 'zod/mini'
import { NAME_LENGTH_MAX, SUBDOMAIN } from './dns-subdomain.ts'
import { optional, required, withDefault } from './field.ts'
import { parseGoDuration } from './go-duration.ts'
import { dnsName } from './kubernetes/object-meta.ts'
import { NonEmpty } from './kubernetes/scalars.ts'

const DURATION = 'a Go duration greater than 0, such as 2160h'
const Duration = z.string(DURATION).check(z.refine((text) => (parseGoDuration(text) ?? 0) > 0, DURATION))

/** RFC 1123 in lower case, with at most one label `*` at the front (RFC 6125). */
const DNS_NAME = 'a DNS name, such as shop.builders.svc or *.builders.svc'
/** A client looks for an address elsewhere in a certificate. */
const ADDRESS = /^\d+(\.\d+){3}$/
const NO_ADDRESS = z.refine((name) => !ADDRESS.test(String(name)), 'a DNS name, not an address')
const DnsName = z
  .string(DNS_NAME)
  .check(
    NO_ADDRESS,
    z.maxLength(NAME_LENGTH_MAX, { error: DNS_NAME, abort: true }),
    z.regex(new RegExp(`^(\\*\\.)?${SUBDOMAIN.source.slice(1)}`), DNS_NAME),
  )

const IssuerRef = z
  .strictObject({
    name: required('Name of the issuer.', NonEmpty),
    kind: withDefault('Kind of the issuer: "Issuer", "ClusterIssuer" or a kind of another group.', NonEmpty, 'Issuer'),
    group: withDefault('API group of the issuer.', NonEmpty, 'cert-manager.io'),
  })
  .register(z.globalRegistry, { title: 'IssuerReference' })

const Certificate = z.strictObject({
  issuerRef: required('Issuer of the certificate; its CA also signs the certificates of clients.', IssuerRef),
  duration: optional("Time for which a certificate is valid; cert-manager's default is 2160h.", Duration),
  renewBefore: optional(
    "Time between the renewal of a certificate and its expiry; cert-manager's default is a third of the duration.",
    Duration,
  ),
  dnsNames: optional('Additional DNS names of the certificate, beside `serverName`.', z.array(DnsName)),
})

/** How clients and builders authenticate each other. */
export const Tls = z.strictObject({
  secretName: required(
    'Name of the Secret with `tls.crt`, `tls.key` and, with `clientAuth: Require`, `ca.crt`, as cert-manager writes it.',
    dnsName(NAME_LENGTH_MAX),
  ),
  clientAuth: withDefault(
    'Whether a client must have a certificate that the CA in `ca.crt` has signed: "Require" or "None".',
    z.enum(['Require', 'None']),
    'Require',
  ),
  serverName: optional(
    'DNS name in the certificate by which clients verify builders; `<template>.<namespace>.svc` if not set.',
    dnsName(NAME_LENGTH_MAX).check(NO_ADDRESS),
  ),
  certificate: optional(
    'Renders a cert-manager Certificate that fills the Secret; if not set, something else must fill it.',
    Certificate,
  ),
})
export type Tls = z.infer<typeof Tls>
