import { SYNC_OPTIONS } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, serviceAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const FORCE = 'kustomize.toolkit.fluxcd.io/force'

/** Other rules describe what these annotations do to Pods. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An annotation lets the engine replace a Service, or delete it and create it again.',
    why: 'A Service that is created again has another address and, with `type: LoadBalancer`, another load balancer: connections break, and DNS records become wrong. Argo CD does this at every sync with `Replace=true` and `Force=true`. With `Force=true` alone, Argo CD does it if the API server rejects a change, as Flux does with `force`. With `Replace=true` alone, every sync removes what other controllers have written to the Service. Remove the annotation.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, applyObject; kubectl v0.37.2, pkg/cmd/apply/patcher.go, deleteAndCreate; fluxcd/pkg ssa v0.76.2, manager_apply.go, shouldForceApply',
    example: {
      wrong: templateOf({ service: { annotations: { [SYNC_OPTIONS]: 'Force=true,Replace=true' } } }),
      right: templateOf({ service: { annotations: { [SYNC_OPTIONS]: 'ServerSideApply=true' } } }),
    },
  }),
  of: 'builder',
  needs: 'serviceAnnotations',
  find: (builder) => {
    const argoCd = serviceAnnotation(builder, SYNC_OPTIONS)
    const done = argoCd && doneBy(optionsIn(argoCd.value))
    const flux = serviceAnnotation(builder, FORCE)
    const isForced = flux?.value.toLowerCase() === 'enabled'
    return [
      ...(done ? [annotationBreach(argoCd, `must not have ${done}; remove it`)] : []),
      ...(isForced
        ? [
            annotationBreach(
              flux,
              'must not be "enabled", with which Flux deletes a Service that it cannot change; remove it',
            ),
          ]
        : []),
    ]
  },
}

function doneBy(options: readonly string[]): string | undefined {
  const [isReplaced, isForced] = [options.includes('Replace=true'), options.includes('Force=true')]
  if (isReplaced && isForced)
    return '"Force=true" and "Replace=true", with which Argo CD deletes the Service and creates it again at every sync'
  if (isForced) return '"Force=true", with which Argo CD deletes a Service that it cannot patch'
  return isReplaced
    ? '"Replace=true", with which every sync of Argo CD removes what other controllers wrote'
    : undefined
}
