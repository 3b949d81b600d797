import { isDnsSubdomain } from './is-dns-subdomain.ts'

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/

/** What `isLabelKey` takes, in words. */
export const LABEL_KEY =
  'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, after a DNS name and "/" if wanted'

/** Whether a text is a qualified name, as the keys of labels are (apimachinery v0.37.2, pkg/api/validate/content/kube.go, IsLabelKey). */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/')
  if (slash < 0) return NAME.test(text)
  return isDnsSubdomain(text.slice(0, slash)) && NAME.test(text.slice(slash + 1))
}
