import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Builds run code of strangers beside buildkitd, so no Pod of ours gets a token for the API server. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'The token of the service account is not mounted into builders.',
    why: 'Pods have `automountServiceAccountToken: false`, because a build step could read the token. The `imagePullSecrets` of the service account work, and so do cloud identities whose webhook adds its own token to the Pod (IRSA, Microsoft Entra) or that an agent or metadata server provides (EKS Pod Identity, GKE). Calls to the API server do not work.',
    source: 'kubernetes v1.37.2, plugin/pkg/admission/serviceaccount/admission.go; fn/render/pod-spec.ts',
    example: {
      wrong: templateOf({ serviceAccountName: 'builder' }),
      right: templateOf({ rootless: true }),
    },
  }),
  of: 'template',
  find: ({ spec: { serviceAccountName, podSpecPatch } }) => {
    // With the token another rule warns: BK419.
    const isMounted = podSpecPatch?.automountServiceAccountToken === true
    if (!serviceAccountName || serviceAccountName === 'default' || isMounted) return []
    const message =
      'must not be needed to call the API server, because its token is not mounted; its `imagePullSecrets` and cloud identities work'
    return [{ path: ['spec', 'serviceAccountName'], message, currentValue: serviceAccountName }]
  },
}
