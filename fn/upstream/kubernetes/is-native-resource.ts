/** Whether a resource belongs to Kubernetes itself; any other is an extended one (pkg/apis/core/helper/helpers.go, IsNativeResource). */
export function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}
