/** A moment as Kubernetes writes it (`metav1.Time`): RFC 3339, whole seconds. */
export function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
