import { dirname, resolve } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { AccessError } from './access.ts'

export type Cluster = KubeConfig['clusters'][number]
type Context = KubeConfig['contexts'][number]
/** A user, and the file of its token, which client-node leaves out (`tokenFile` in k8s.io/client-go/tools/clientcmd/api/v1). */
export type User = KubeConfig['users'][number] & { readonly tokenFile?: string | undefined }

export interface Kubeconfig {
  readonly clusters: readonly Cluster[]
  readonly contexts: readonly Context[]
  readonly users: readonly User[]
  readonly currentContext: string | undefined
}

/** What several kubeconfigs say together: of two entries with one name the first counts, as kubectl has it. */
export async function parseKubeconfigs(files: readonly string[], texts: readonly string[]): Promise<Kubeconfig> {
  const all = await Promise.all(files.map((file, index) => parseKubeconfig(file, texts[index] ?? '')))
  return {
    clusters: firstOfEachName(all.flatMap(({ clusters }) => clusters)),
    contexts: firstOfEachName(all.flatMap(({ contexts }) => contexts)),
    users: firstOfEachName(all.flatMap(({ users }) => users)),
    currentContext: all.find(({ currentContext }) => currentContext)?.currentContext,
  }
}

async function parseKubeconfig(file: string, text: string): Promise<Kubeconfig> {
  const { KubeConfig: Parser, loadYaml } = await importClientNode()
  const folder = dirname(resolve(file))
  try {
    const parser = new Parser()
    parser.loadFromString(text)
    parser.makePathsAbsolute(folder)
    const entries = loadYaml<{ readonly users?: readonly UserEntry[] }>(text).users ?? []
    const users = parser.users.map((user, index) => withPaths(user, entries[index], folder))
    return { clusters: parser.clusters, contexts: parser.contexts, users, currentContext: parser.currentContext }
  } catch (cause) {
    const [reason = ''] = (cause as Error).message.split('\n')
    throw new AccessError(`${file} must be a kubeconfig, got one with a mistake: ${reason}`, { cause })
  }
}

interface UserEntry {
  readonly user?: { readonly tokenFile?: string } | null
}

/** Relative to the kubeconfig are the file of a token and, if it has a slash, the command of a credential plugin. */
function withPaths(user: User, entry: UserEntry | undefined, folder: string): User {
  const tokenFile = entry?.user?.tokenFile
  const command: unknown = user.exec?.command
  const exec =
    typeof command === 'string' && command.includes('/')
      ? { ...user.exec, command: resolve(folder, command) }
      : user.exec
  return { ...user, exec, tokenFile: tokenFile ? resolve(folder, tokenFile) : undefined }
}

function firstOfEachName<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values()].reverse()
}

/**
 * @kubernetes/client-node, which reads kubeconfigs and runs credential plugins. Loaded for a kubeconfig only: it takes half a second
 * and 80 MB, and a Pod needs none of it.
 */
export async function importClientNode(): Promise<typeof import('@kubernetes/client-node')> {
  try {
    return await import('@kubernetes/client-node')
  } catch (cause) {
    const [reason = ''] = (cause as Error).message.split('\n')
    throw new AccessError(`a kubeconfig needs Node 22.19 or newer, and @kubernetes/client-node beside us: ${reason}`, {
      cause,
    })
  }
}
