import { annotationBreach } from '../breaches/breach.ts'
import { manifests, templateOf } from '../example.ts'
import { type GivenAnnotation, givenAnnotations, optionsIn } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const ARGO_CD = 'argocd.argoproj.io/hook'
const HELM = 'helm.sh/hook'

/** Hooks are for jobs that end. Argo CD takes Helm's for its own. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'A builder or its Service is a hook, which every sync or upgrade deletes first.',
    why: 'Argo CD deletes a hook before it creates it again, at every sync, with the builds in it, and does not restore a hook that is deleted. Helm waits for the Pod of a hook to succeed, which a builder never does, until the release fails. A Service that is created again has another address.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/sync/hook/delete_policy.go (before hook creation) and hook/helm/hook.go; helm.sh/docs/topics/charts_hooks',
    example: {
      wrong: templateOf({ podAnnotations: { [ARGO_CD]: 'PreSync' } }),
      right: manifests(
        { kind: 'Buildkit', metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '-1' } } },
        { kind: 'BuildkitTemplate' },
      ),
    },
  }),
  of: 'builder',
  find: (builder) => [
    ...givenAnnotations(builder, ARGO_CD)
      .filter((own) => !isSkip(own))
      .map((own) => breachOf(own, 'Argo CD deletes it before every sync')),
    ...givenAnnotations(builder, HELM).map((own) => breachOf(own, BY_HELM[own.of])),
  ],
}

const BY_HELM = {
  Pod: 'Helm waits for it to succeed, and Argo CD deletes it before every sync',
  Service: 'Helm and Argo CD delete it before they create it again',
}

/** BK605 says what that does. */
function isSkip({ value }: GivenAnnotation): boolean {
  return optionsIn(value).join() === 'Skip'
}

function breachOf(own: GivenAnnotation, consequence: string) {
  const object = own.of === 'Pod' ? 'builder' : own.of
  return annotationBreach(
    own,
    `must not be set; a ${object} is not a hook, and ${consequence}; remove it, and order syncs with a wave on the Buildkit`,
  )
}
