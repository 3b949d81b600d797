import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** The annotations with which engines leave a superseded Pod alone, and the values of users that let them prune it after all. */
const KEEPING: readonly {
  readonly key: string
  readonly who: string
  readonly prunes: (value: string) => boolean
}[] = [
  {
    key: 'argocd.argoproj.io/sync-options',
    who: 'Argo CD',
    prunes: (value) => optionsIn(value).some((option) => /^Prune=(?!false$)/.test(option)),
  },
  {
    key: 'kustomize.toolkit.fluxcd.io/prune',
    who: 'Flux',
    prunes: (value) => value.toLowerCase() !== 'disabled',
  },
  {
    key: 'client.lifecycle.config.k8s.io/deletion',
    who: 'kpt live and Config Sync',
    prunes: (value) => value !== 'detach',
  },
]

/** With `retirement: engine` that is how it shall be. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An annotation lets the engine prune a superseded Pod before the new Pod is ready.',
    why: 'Your value overrides the one that keeps engines from pruning. Argo CD and Flux prune when the new Pod exists, not when it is ready. Until then no Pod serves, and the old Pod is being deleted.',
    source:
      'fn/render/engine-annotations.ts; gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, runTasks and pruneObject; kustomize-controller v1.9.6, internal/controller/kustomization_controller.go',
    example: {
      wrong: templateOf({ podAnnotations: { 'kustomize.toolkit.fluxcd.io/prune': 'enabled' } }),
      right: templateOf({ podAnnotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    if (builder.template.retirement === 'engine') return []
    return KEEPING.flatMap(({ key, who, prunes }) => {
      const own = ownAnnotation(builder, key)
      if (!own || !prunes(own.value)) return []
      const verb = who.includes(' and ') ? 'prune' : 'prunes'
      const message = `must leave superseded Pods to the controller, got "${own.value}", with which ${who} ${verb} them before the new Pods are ready; remove it, or set \`retirement: engine\` if you want that`
      return [annotationBreach(own, message)]
    })
  },
}
