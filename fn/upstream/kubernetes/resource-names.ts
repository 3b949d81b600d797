import { isLabelKey } from './labels.ts'

const STANDARD = ['cpu', 'memory', 'ephemeral-storage']

/** Whether a resource belongs to Kubernetes itself; any other is an extended one (pkg/apis/core/helper/helpers.go, IsNativeResource). */
export function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}

/** Whether a container may ask for a resource (ValidateContainerResourceName in pkg/apis/core/validation/validation.go). */
export function isContainerResource(name: string): boolean {
  if (!isLabelKey(name)) return false
  if (!name.includes('/')) return STANDARD.includes(name) || name.startsWith('hugepages-')
  return isNativeResource(name) || (!name.startsWith('requests.') && isLabelKey(`requests.${name}`))
}
