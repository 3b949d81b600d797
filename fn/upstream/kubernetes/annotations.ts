/** Annotations of Pods that programs around Kubernetes read. */

/** Cluster Autoscaler: without "true" it removes no node on which a Pod without a controller runs. */
export const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict'
/** Karpenter: with "true" it disrupts no node on which the Pod runs. */
export const DO_NOT_DISRUPT = 'karpenter.sh/do-not-disrupt'
/** Argo CD: a comma list of options. */
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options'
/** Flux: how an object is applied that exists. */
export const SERVER_SIDE_APPLY = 'kustomize.toolkit.fluxcd.io/ssa'
/** kpt live and Config Sync: a comma list of objects that come first. */
export const DEPENDS_ON = 'config.kubernetes.io/depends-on'
