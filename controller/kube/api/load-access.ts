import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Access } from './access.ts'
import { AccessError } from './access.ts'
import { inClusterAccess, SERVICE_ACCOUNT_FOLDER } from './in-cluster.ts'
import { kubeconfigAccess } from './kubeconfig.ts'

export interface Whereabouts {
  /** A file: `--kubeconfig`. */
  readonly kubeconfig?: string | undefined
  /** `--context` */
  readonly context?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder in which `.kube/config` may be. */
  readonly homeFolder: string
  readonly serviceAccountFolder?: string
}

/**
 * The API server to talk to, looked for as controller-runtime does: `--kubeconfig`, then the files of KUBECONFIG, then the cluster
 * of this Pod, then `~/.kube/config`. Rejects with an AccessError where there is none.
 */
export async function loadAccess(whereabouts: Whereabouts): Promise<Access> {
  const { kubeconfig, context, env, homeFolder, serviceAccountFolder = SERVICE_ACCOUNT_FOLDER } = whereabouts
  if (kubeconfig !== undefined) return kubeconfigAccess({ files: [kubeconfig], context, env })
  const files = (env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  // As kubectl: of several files, those that are not there are as good as empty.
  const present = files.filter((path) => existsSync(path))
  if (files.length > 0) return kubeconfigAccess({ files: present.length > 0 ? present : files, context, env })
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env
  if (context === undefined && host && port) return inClusterAccess({ host, port, folder: serviceAccountFolder })
  const usual = join(homeFolder, '.kube/config')
  if (existsSync(usual)) return kubeconfigAccess({ files: [usual], context, env })
  throw new AccessError(
    `must know a cluster: pass --kubeconfig FILE, set KUBECONFIG or run in a Pod; there is no ${usual}`,
  )
}
