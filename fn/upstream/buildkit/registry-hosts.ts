/** Registries that have a certificate which every image of BuildKit trusts. */
const PUBLIC =
  /^(?:docker\.io|registry-1\.docker\.io|ghcr\.io|quay\.io|gcr\.io|registry\.k8s\.io|public\.ecr\.aws|mcr\.microsoft\.com|registry\.gitlab\.com|.+\.(?:gcr\.io|pkg\.dev|amazonaws\.com|azurecr\.io))$/
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/

/** Whether a host is a registry that everybody may reach. */
export function isPublicRegistry(host: string): boolean {
  return PUBLIC.test(host)
}

/** Whether a host is the Pod itself, to which BuildKit speaks plain HTTP where nothing is said of it. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}
