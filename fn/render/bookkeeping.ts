const BOOKKEEPING =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|argocd\.argoproj\.io\/(?:tracking|installation)-id|config\.k8s\.io\/owning-inventory|applyset\.kubernetes\.io\/part-of|configsync\.gke\.io\/.*|configmanagement\.gke\.io\/(?:managed|cluster-name|source-path|token)|meta\.helm\.sh\/.*|(?:kustomize|helm)\.toolkit\.fluxcd\.io\/(?:name|namespace|checksum))$/

/**
 * Whether a label or annotation is what a tool writes on objects to know them again; on an object that another one applies it would
 * hand that to the tool.
 */
export function isBookkeeping(key: string): boolean {
  return BOOKKEEPING.test(key)
}
