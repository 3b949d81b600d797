import { SERVER_SIDE_APPLY, SYNC_OPTIONS } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, serviceAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** The annotations by which a Service stays as it is, and what does not happen with these values. */
const KEEPING: readonly {
  readonly key: string
  readonly keeps: (value: string) => boolean
  readonly without: string
}[] = [
  {
    key: SYNC_OPTIONS,
    keeps: (value) => optionsIn(value).some((option) => option === 'Prune=false' || option === 'Delete=false'),
    without: 'Argo CD leaves the Service in the cluster when its Buildkit or its Application is gone',
  },
  {
    key: 'kustomize.toolkit.fluxcd.io/prune',
    keeps: (value) => value.toLowerCase() === 'disabled',
    without: 'Flux leaves the Service in the cluster when its Buildkit is gone',
  },
  {
    key: SERVER_SIDE_APPLY,
    keeps: (value) => value.toLowerCase() === 'ifnotpresent',
    without: 'Flux never applies a change to the Service',
  },
  {
    key: 'client.lifecycle.config.k8s.io/deletion',
    keeps: (value) => value === 'detach',
    without: 'kpt live and Config Sync leave the Service in the cluster when its Buildkit is gone',
  },
  {
    key: 'client.lifecycle.config.k8s.io/mutation',
    keeps: (value) => value === 'ignore',
    without: 'Config Sync never applies a change to the Service',
  },
  {
    key: 'helm.sh/resource-policy',
    keeps: (value) => value === 'keep',
    without: 'Argo CD and Helm leave the Service in the cluster when its Buildkit is gone',
  },
]

/** A Pod needs such annotations, because the controller deletes it; a Service must not have them. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An annotation keeps the engine from changing or removing a Service.',
    why: 'Only the engine deletes Services: the controller deletes nothing but Pods. A Service that stays in the cluster selects no Pod and, with `type: LoadBalancer`, keeps its load balancer, which costs money. A Service that is never changed keeps its first type and port. Remove the annotation.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, pruneObject; kustomize-controller v1.9.6, internal/controller/kustomization_controller.go; fluxcd/pkg ssa v0.76.2, manager_apply.go, shouldSkipApply; cli-utils v0.37.2, pkg/apply/filter/prevent-remove-filter.go',
    example: {
      wrong: templateOf({ service: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } }),
      right: templateOf({ service: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'enabled' } } }),
    },
  }),
  of: 'builder',
  needs: 'serviceAnnotations',
  find: (builder) =>
    KEEPING.flatMap(({ key, keeps, without }) => {
      const own = serviceAnnotation(builder, key)
      if (!own || !keeps(own.value)) return []
      return [annotationBreach(own, `must not be "${own.value}", with which ${without}; remove it`)]
    }),
}
