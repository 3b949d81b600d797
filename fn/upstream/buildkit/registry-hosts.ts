import { isImageHost } from '../kubernetes/is-image-reference.ts'

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

/** A mirror as BuildKit reads it (extractMirrorHostAndPath in util/resolver/utils.go). */
export interface Mirror {
  /** With its port; what the section of the mirror's own settings must be named. */
  readonly host: string
  /** What follows the host, without slashes at its end. */
  readonly path: string
  /** Lost, as BuildKit speaks HTTPS unless the mirror's own section says otherwise. */
  readonly scheme: string | undefined
  /** Lost too: user and password. */
  readonly hasCredentials: boolean
}

const WITH_SCHEME = /^([a-z][a-z\d+.-]*):\/\/([^/?#]+)([^?#]*)/i
const WITHOUT_SCHEME = /^(?:\/\/)?([^/?#]*)([^?#]*)/

export function parseMirror(text: string): Mirror {
  const [, scheme, ...ofUrl] = WITH_SCHEME.exec(text) ?? []
  const [authority = '', path = ''] = scheme === undefined ? (WITHOUT_SCHEME.exec(text) ?? []).slice(1) : ofUrl
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return {
    host,
    path: path.replace(/\/+$/, ''),
    scheme: scheme?.toLowerCase(),
    hasCredentials: host !== authority,
  }
}

/** Why BuildKit never looks for the section of a registry under its name. */
export interface HostMistake {
  /** What the name must be. */
  readonly must: string
  /** The host that was meant, where there is one. */
  readonly meant?: string
  /** Whether the settings are as right under that host. */
  readonly isSame?: boolean
  /** Whether the name says that this registry speaks plain HTTP. */
  readonly isHttp?: boolean
}

/** Names that other tools have for a registry that is not named. */
const DEFAULTS = ['_default', 'default', 'all']
/** A network, or a range of addresses. */
const RANGE = /^\[?[\da-f.:]*[.:][\da-f.:]*\]?\/\d{1,3}$|^\d+\.\d+\.\d+\.\d+-[\d.]+$/i
/** Where Docker Hub is known by another name than images have. */
const DOCKER_HUB = [
  'docker.com',
  'hub.docker.com',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.docker.io',
  'registry.hub.docker.com',
]
/** Paths that go without saying. */
const API = /^\/?(?:v[12]\/?)?$/

/** What is wrong with the name of a registry: BuildKit compares it with the host that images have, letter by letter. */
export function hostMistake(name: string): HostMistake | undefined {
  if (DEFAULTS.includes(name) || name.includes('*'))
    return {
      must: 'must name one host; BuildKit has no wildcards and no default; write a table for each registry',
    }
  if (RANGE.test(name)) return { must: 'must name one host, got a network; list its hosts one by one' }
  const [, scheme = '', authority = '', path = ''] = /^(\w+:\/\/)?([^/]*)(.*)$/s.exec(name.trim()) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
  const meant = DOCKER_HUB.includes(host) ? 'docker.io' : withoutPort(host)
  if (meant === name) return isImageHost(name) ? undefined : { must: NO_HOST }
  if (!isImageHost(meant)) return { must: NO_HOST }
  const isHttp = scheme === 'http://'
  return { must: mustOf(name, meant, scheme + path), meant, isSame: !isHttp && API.test(path), isHttp }
}

const NO_HOST = 'must be a host with a dot or a port; image names without either mean Docker Hub'

/** A port that clients need not name, at a registry whose images are never named with it. */
function withoutPort(host: string): string {
  const bare = host.replace(/:443$/, '')
  return isPublicRegistry(bare) ? bare : host
}

function mustOf(name: string, meant: string, around: string): string {
  if (around !== '') return 'must be a host without a scheme and a path'
  if (name.toLowerCase() === meant) return 'must be in lower case, as in image names'
  return `must be "${meant}", as in image names`
}
