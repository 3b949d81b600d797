import type { KubeConfig } from '@kubernetes/client-node'
import { AccessError } from './access.ts'
import { type Cluster, importClientNode, type Kubeconfig, type User } from './parse-kubeconfigs.ts'

/** A kubeconfig's context and what it refers to. */
export interface Chosen {
  readonly name: string
  readonly server: URL
  readonly namespace: string | undefined
  readonly proxyUrl: string | undefined
  readonly tokenFile: string | undefined
  /** With this context alone. */
  readonly kubeConfig: KubeConfig
}

export interface Choice {
  /** For messages. */
  readonly files: readonly string[]
  /** Instead of the current one. */
  readonly context: string | undefined
}

/** The context to use; rejects with an AccessError if it, its cluster or its user does not exist. */
export async function chooseContext(kubeconfig: Kubeconfig, { files, context }: Choice): Promise<Chosen> {
  const where = files.join(' and ')
  const what = context === undefined ? 'the current-context' : '--context'
  const chosen = entryOf(kubeconfig.contexts, {
    kind: 'contexts',
    name: context ?? kubeconfig.currentContext,
    what,
    where,
  })
  const { name, namespace } = chosen
  const cluster = entryOf(kubeconfig.clusters, {
    kind: 'clusters',
    name: chosen.cluster,
    what: `the cluster of context "${name}"`,
    where,
  })
  const user = chosen.user
    ? entryOf(kubeconfig.users, { kind: 'users', name: chosen.user, what: `the user of context "${name}"`, where })
    : { name: '' }
  const server = serverOf(cluster, where)
  const { KubeConfig: Loader } = await importClientNode()
  const kubeConfig = new Loader()
  kubeConfig.loadFromOptions({
    // Without its proxies, which are not ours; it allows plain HTTP only together with `skipTLSVerify`.
    clusters: [
      { ...cluster, proxyUrl: undefined, skipTLSVerify: cluster.skipTLSVerify || server.protocol === 'http:' },
    ],
    users: [withExecInfo(user)],
    contexts: [{ name, cluster: cluster.name, user: user.name }],
    currentContext: name,
  })
  return { name, server, namespace, proxyUrl: cluster.proxyUrl, tokenFile: user.tokenFile, kubeConfig }
}

interface Wanted {
  readonly kind: keyof Kubeconfig
  readonly name: string | undefined
  readonly what: string
  readonly where: string
}

function entryOf<T extends { readonly name: string }>(entries: readonly T[], { kind, name, what, where }: Wanted): T {
  const entry = entries.find((one) => one.name === name)
  if (entry) return entry
  if (entries.length === 0) throw new AccessError(`${where} must have ${kind}, got none`)
  const names = entries.length < 8 ? entries.map((one) => `"${one.name}"`).join(', ') : `its ${entries.length} ${kind}`
  const got = name ? `"${name}"` : 'none; pass --context'
  throw new AccessError(`${what} must be one of ${names} in ${where}, got ${got}`)
}

function serverOf({ name, server }: Cluster, where: string): URL {
  const url = URL.parse(server)
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new AccessError(`the server of cluster "${name}" in ${where} must begin with https://, got "${server}"`)
}

/** The input of a credential plugin (client.authentication.k8s.io ExecCredential): there is no user to ask. */
function withExecInfo(user: User): User {
  if (!user.exec) return user
  const { apiVersion, env } = user.exec
  const value = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } })
  return { ...user, exec: { ...user.exec, env: [...(env ?? []), { name: 'KUBERNETES_EXEC_INFO', value }] } }
}
