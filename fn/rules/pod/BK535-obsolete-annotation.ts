import { CONTAINER } from '../../../crds/names.ts'
import { isBefore } from '../../upstream/version.ts'
import { templateOf } from '../example.ts'
import { podMaps } from '../facts/pod-maps.ts'
import type { Rule } from '../rule.ts'

const APP_ARMOR = `container.apparmor.security.beta.kubernetes.io/${CONTAINER}`

const DEAD: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod':
    'has had no effect since Kubernetes 1.16; use `scheduling.priorityClassName`',
  'security.alpha.kubernetes.io/sysctls': 'has had no effect since Kubernetes 1.11; remove it',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'has had no effect since Kubernetes 1.11; remove it',
  'seccomp.security.alpha.kubernetes.io/pod': 'has had no effect since Kubernetes 1.27; remove it',
  [`container.seccomp.security.alpha.kubernetes.io/${CONTAINER}`]: 'has had no effect since Kubernetes 1.27; remove it',
  [APP_ARMOR]: 'is deprecated since Kubernetes 1.30; rendering sets the field that a builder needs; remove it',
}

/** Annotations that nothing reads any more. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Kubernetes no longer supports an annotation.',
    why: 'The API server warns about it. The annotation has no effect, or will have none soon.',
    source:
      'kubernetes v1.37.2, pkg/api/pod/warnings.go, deprecatedAnnotations; pkg/registry/core/pod/strategy.go, applyAppArmorVersionSkew',
    example: {
      wrong: templateOf({ podAnnotations: { 'scheduler.alpha.kubernetes.io/critical-pod': '' } }),
      right: templateOf({ scheduling: { priorityClassName: 'builds' } }),
    },
  }),
  of: 'package',
  find: (facts) => {
    const hasField = !facts.templates.some(({ kubernetes }) => isBefore(kubernetes, '1.30'))
    return podMaps(facts, 'annotations').flatMap(({ item, path, map }) =>
      Object.entries(map).flatMap(([key, currentValue]) => {
        if (!Object.hasOwn(DEAD, key) || (key === APP_ARMOR && !hasField)) return []
        return [{ item, path: [...path, key], message: DEAD[key] ?? '', currentValue }]
      }),
    )
  },
}
