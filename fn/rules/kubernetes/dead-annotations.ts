import { CONTAINER } from '../../../crds/names.ts'
import type { Rule } from '../rule.ts'
import { podMaps } from './pod-maps.ts'

/** kubernetes v1.37.2, pkg/api/pod/warnings.go, deprecatedAnnotations and seccomp's. */
const DEAD: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'since Kubernetes 1.16; use `scheduling.priorityClassName`',
  'security.alpha.kubernetes.io/sysctls': 'since Kubernetes 1.11; remove it',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'since Kubernetes 1.11; remove it',
  'seccomp.security.alpha.kubernetes.io/pod': 'since Kubernetes 1.27; remove it',
  [`container.seccomp.security.alpha.kubernetes.io/${CONTAINER}`]: 'since Kubernetes 1.27; remove it',
}

/** Annotations that nothing reads any more. */
export const DEAD_ANNOTATIONS: Rule = {
  id: 'BK535',
  severity: 'warning',
  what: 'An annotation has had no effect since a version of Kubernetes long ago.',
  why: 'The API server warns of it, and what it was to do is not done.',
  source: 'kubernetes v1.37.2, pkg/api/pod/warnings.go, deprecatedAnnotations',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    scheduler.alpha.kubernetes.io/critical-pod: ""
`,
    right: `kind: BuildkitTemplate
spec:
  scheduling:
    priorityClassName: builds
`,
  },
  of: 'package',
  find: (facts) =>
    podMaps(facts, 'annotations').flatMap(({ item, path, map }) =>
      Object.entries(map).flatMap(([key, currentValue]) => {
        if (!Object.hasOwn(DEAD, key)) return []
        return [{ item, path: `${path}[${key}]`, message: `has no effect ${DEAD[key]}`, currentValue }]
      }),
    ),
}
