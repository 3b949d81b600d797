const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LENGTH_MAX = 253

/** What `isDnsSubdomain` takes, in words. */
export const DNS_SUBDOMAIN =
  'a DNS name of at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part'

/** Whether a text may name an object (apimachinery v0.37.2, pkg/api/validate/content/dns.go, IsDNS1123Subdomain). */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= LENGTH_MAX && SUBDOMAIN.test(text)
}
