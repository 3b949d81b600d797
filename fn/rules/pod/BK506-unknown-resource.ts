import { isContainerResource } from '../../upstream/kubernetes/resource-names.ts'
import { templateOf } from '../example.ts'
import { fieldOfAmount } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Names of resources. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A container cannot request a resource of this name.',
    why: 'The API server rejects the Pod. Disk space is `ephemeral-storage`. A resource of a device plugin has a domain as its prefix.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateContainerResourceName',
    example: {
      wrong: templateOf({ resources: { default: { requests: { storage: '100Gi' } } } }),
      right: templateOf({ resources: { default: { requests: { 'ephemeral-storage': '100Gi' } } } }),
    },
  }),
  of: 'builder',
  needs: 'amounts',
  find: (builder) =>
    builder.blueprint.amounts
      .filter(({ name }) => !isContainerResource(name))
      .map((amount) => {
        const proposal =
          amount.name === 'storage' || amount.name === 'disk' ? '; did you mean "ephemeral-storage"?' : ''
        const message = `must be "cpu", "memory", "ephemeral-storage", "hugepages-<size>" or a name with a domain such as "nvidia.com/gpu", got "${amount.name}"${proposal}`
        return { ...fieldOfAmount(builder, amount), message, currentValue: amount.text }
      }),
}
