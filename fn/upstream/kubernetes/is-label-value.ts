const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/** What `isLabelValue` takes, in words. */
export const LABEL_VALUE =
  'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, or nothing'

/** Whether a text may be the value of a label (apimachinery v0.37.2, pkg/api/validate/content/kube.go, IsLabelValue). */
export function isLabelValue(text: string): boolean {
  return VALUE.test(text)
}
