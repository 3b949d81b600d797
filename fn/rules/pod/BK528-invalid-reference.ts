import { isDnsSubdomain } from '../../../crds/dns-subdomain.ts'
import { DNS_SUBDOMAIN } from '../../upstream/kubernetes/labels.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Names of what a Pod refers to. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: '`serviceAccountName`, `priorityClassName` or `storageClassName` is not a valid name.',
    why: 'The API server rejects the Pod or its claim.',
    source:
      'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateServiceAccountName and ValidatePriorityClassName',
    example: {
      wrong: templateOf({ serviceAccountName: 'builders/buildkit' }),
      right: templateOf({ serviceAccountName: 'buildkit' }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const names = [
      { path: ['spec', 'serviceAccountName'], name: spec.serviceAccountName },
      { path: ['spec', 'scheduling', 'priorityClassName'], name: spec.scheduling.priorityClassName },
      ...(['claim', 'ephemeral'] as const).map((kind) => {
        return { path: ['spec', 'cache', kind, 'storageClassName'], name: spec.cache?.[kind]?.storageClassName }
      }),
    ]
    return names.flatMap(({ path, name }) => {
      if (!name || isDnsSubdomain(name)) return []
      return [{ path, message: `must be ${DNS_SUBDOMAIN}, got "${name}"`, currentValue: name }]
    })
  },
}
