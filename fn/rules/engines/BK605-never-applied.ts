import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { givenAnnotations, optionsIn } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Annotations with which somebody leaves an object out: who, and whether this value does it. */
const LEAVING_OUT: readonly {
  readonly key: string
  readonly who: string
  readonly does: (value: string) => boolean
}[] = [
  {
    key: 'config.kubernetes.io/local-config',
    who: 'kpt and kustomize',
    does: (value) => value !== 'false',
  },
  {
    key: 'kustomize.toolkit.fluxcd.io/reconcile',
    who: 'Flux',
    does: (value) => value.toLowerCase() === 'disabled',
  },
  { key: 'kustomize.toolkit.fluxcd.io/ssa', who: 'Flux', does: (value) => value.toLowerCase() === 'ignore' },
  {
    key: 'argocd.argoproj.io/hook',
    who: 'Argo CD',
    does: (value) => optionsIn(value).join() === 'Skip',
  },
]

export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'An annotation keeps the Pod or its Service out of the cluster.',
    why: 'The engine applies the Buildkit without its Pod, and the Buildkit waits for the Pod indefinitely. Without its Service, clients cannot resolve the name. Such annotations are for objects that something else creates.',
    source:
      'kustomize-controller v1.9.6, internal/controller/kustomization_controller.go (ExclusionSelector); gitops-engine v0.7.1 (2025-12), pkg/sync/sync_phase.go; kustomize api v0.21.1, internal/target/kusttarget.go, IgnoreLocal',
    example: {
      wrong: templateOf({ podAnnotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } }),
      right: templateOf({ podAnnotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } }),
    },
  }),
  of: 'builder',
  find: (builder) =>
    LEAVING_OUT.flatMap(({ key, who, does }) =>
      givenAnnotations(builder, key)
        .filter(({ value }) => does(value))
        .map((own) => {
          const message = `must not be "${own.value}", with which ${who} never ${who.includes(' and ') ? 'apply' : 'applies'} the ${own.of}; remove it`
          return annotationBreach(own, message)
        }),
    ),
}
