import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Access, AccessError } from './access.ts'
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
 * The API server to use, in the order of controller-runtime: `--kubeconfig`, the files of KUBECONFIG, the cluster of this Pod,
 * `~/.kube/config`. Rejects with an AccessError if there is none.
 */
export async function loadAccess(whereabouts: Whereabouts): Promise<Access> {
  const { kubeconfig, context, env, homeFolder, serviceAccountFolder = SERVICE_ACCOUNT_FOLDER } = whereabouts
  if (kubeconfig !== undefined) return kubeconfigAccess({ files: [kubeconfig], context, env })
  const files = (env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  // As kubectl: of several files, missing ones count as empty.
  const present = files.filter((path) => existsSync(path))
  if (files.length > 0) return kubeconfigAccess({ files: present.length > 0 ? present : files, context, env })
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env
  if (context === undefined && host && port) return inClusterAccess({ host, port, folder: serviceAccountFolder })
  const usual = join(homeFolder, '.kube/config')
  if (existsSync(usual)) return kubeconfigAccess({ files: [usual], context, env })
  throw new AccessError(`the cluster must come from --kubeconfig FILE, KUBECONFIG, the Pod or ${usual}, got none`)
}
