/** RFC 1123 subdomains, as Kubernetes limits the names of its objects (apimachinery v0.37.2, pkg/api/validate/content/dns.go). */
export const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
export const NAME_LENGTH_MAX = 253

/** Whether a text may name an object (IsDNS1123Subdomain in that file). */
export function isDnsSubdomain(text: string): boolean {
  // Of a longer one the pattern would exhaust the stack.
  return text.length <= NAME_LENGTH_MAX && SUBDOMAIN.test(text)
}
