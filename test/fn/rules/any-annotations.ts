import fc from 'fast-check'
import { mostly } from './mostly.ts'

const annotationKey = mostly(
  ['example.com/owner', 'cluster-autoscaler.kubernetes.io/safe-to-evict', 'Example.com/Owner'],
  [
    ...['', 'a/b/c', 'a b', '/a', 'ü', 'A'.repeat(64), 'argocd.argoproj.io/sync-options'],
    'controller.kubernetes.io/pod-deletion-cost',
    'kubernetes.io/config.mirror',
    'scheduler.alpha.kubernetes.io/critical-pod',
    'scheduler.alpha.kubernetes.io/tolerations',
    'security.alpha.kubernetes.io/sysctls',
    'seccomp.security.alpha.kubernetes.io/pod',
    'container.seccomp.security.alpha.kubernetes.io/buildkit',
    'container.seccomp.security.alpha.kubernetes.io/other',
    'container.apparmor.security.beta.kubernetes.io/buildkit',
    'container.apparmor.security.beta.kubernetes.io/other',
  ],
)
const shortValue = fc.constantFrom('true', 'false', '1', '-5', 'platform & tools', '')
const annotationValue = fc.oneof(
  { weight: 20, arbitrary: shortValue },
  {
    weight: 4,
    arbitrary: fc.constantFrom('unconfined', 'runtime/default', 'docker/default', 'localhost/a', 'localhost/../a'),
  },
  { weight: 1, arbitrary: fc.constantFrom('[]', '+1', '007', '3000000000', 'x'.repeat(200_000), 'ü'.repeat(131_072)) },
)
/** Some annotations, none of them long. */
export const shortAnnotations = fc.dictionary(annotationKey, shortValue, { maxKeys: 2 })
/** Some annotations. */
export const annotations = fc.dictionary(annotationKey, annotationValue, { maxKeys: 3 })
