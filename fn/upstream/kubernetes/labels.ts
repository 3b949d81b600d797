import { isDnsSubdomain } from '../../../crds/dns-subdomain.ts'
import type { FieldIssue, Path } from '../../../crds/validate.ts'

/** What `isDnsSubdomain` takes, in words. */
export const DNS_SUBDOMAIN =
  'a DNS name of at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part'

/** Whether a text may name a part of an object (apimachinery v0.37.2, pkg/api/validate/content/dns.go, IsDNS1123Label). */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text)
}

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/

/** What `isLabelKey` takes, in words. */
export const LABEL_KEY =
  'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, optionally after a DNS name and "/"'

/** Whether a text is a qualified name, as the keys of labels are (apimachinery v0.37.2, pkg/api/validate/content/kube.go, IsLabelKey). */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/')
  if (slash < 0) return NAME.test(text)
  return isDnsSubdomain(text.slice(0, slash)) && NAME.test(text.slice(slash + 1))
}

const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/** What `isLabelValue` takes, in words. */
export const LABEL_VALUE = 'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, or empty'

/** Whether a text may be the value of a label (apimachinery v0.37.2, pkg/api/validate/content/kube.go, IsLabelValue). */
export function isLabelValue(text: string): boolean {
  return VALUE.test(text)
}

/** What Kubernetes does not take as labels, in the mapping at `path`. */
export function labelIssues(labels: Readonly<Record<string, string>>, path: Path): readonly FieldIssue[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const found = { path: [...path, key], currentValue: value }
    return [
      ...(isLabelKey(key) ? [] : [{ ...found, message: `must have a key of ${LABEL_KEY}, got "${key}"` }]),
      ...(isLabelValue(value) ? [] : [{ ...found, message: `must be ${LABEL_VALUE}, got "${value}"` }]),
    ]
  })
}
