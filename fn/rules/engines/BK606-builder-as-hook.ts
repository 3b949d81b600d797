import { annotationBreach } from '../breaches/breach.ts'
import { manifests, templateOf } from '../example.ts'
import { type OwnAnnotation, optionsIn, ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const ARGO_CD = 'argocd.argoproj.io/hook'
const HELM = 'helm.sh/hook'

/** Hooks are for jobs that end. Argo CD takes Helm's for its own. */
export const rule: Rule = {
  severity: 'error',
  what: 'A builder is a hook, which every sync or upgrade deletes first.',
  why: 'Argo CD deletes a hook before it creates it again, at every sync, with the builds in it, and does not restore a hook that is deleted. Helm waits for the Pod of a hook to succeed, which a builder never does, until the release fails.',
  source:
    'gitops-engine v0.7.1 (2025-12), pkg/sync/hook/delete_policy.go (before hook creation) and hook/helm/hook.go; helm.sh/docs/topics/charts_hooks',
  example: {
    wrong: templateOf({ podAnnotations: { [ARGO_CD]: 'PreSync' } }),
    right: manifests(
      { kind: 'Buildkit', metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '-1' } } },
      { kind: 'BuildkitTemplate' },
    ),
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const argoCd = ownAnnotation(builder, ARGO_CD)
    const helm = ownAnnotation(builder, HELM)
    return [
      ...(argoCd && !isSkip(argoCd) ? [breachOf(argoCd, 'Argo CD deletes it before every sync')] : []),
      ...(helm ? [breachOf(helm, 'Helm waits for it to succeed, and Argo CD deletes it before every sync')] : []),
    ]
  },
}

/** BK605 says what that does. */
function isSkip({ value }: OwnAnnotation): boolean {
  return optionsIn(value).join() === 'Skip'
}

function breachOf(own: OwnAnnotation, consequence: string) {
  return annotationBreach(
    own,
    `must not be set; a builder is not a hook, and ${consequence}; remove it, and order syncs with a wave on the Buildkit`,
  )
}
