import { readFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { type Access, AccessError, type Identity } from './access.ts'
import { cachedIdentity } from './cached-identity.ts'

/** Where the kubelet mounts what a Pod's ServiceAccount may know. */
export const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

export interface ServiceAccount {
  /** KUBERNETES_SERVICE_HOST */
  readonly host: string
  /** KUBERNETES_SERVICE_PORT */
  readonly port: string
  readonly folder: string
}

/** The API server of the cluster in which this Pod runs, as its ServiceAccount; the kubelet renews its token and CA. */
export async function inClusterAccess({ host, port, folder }: ServiceAccount): Promise<Access> {
  const read = () => readIdentity(folder)
  const { identity, forget } = cachedIdentity(read)
  await identity().catch((cause: unknown) => {
    const got = (cause as Error).message
    const message = `a Pod must have its ServiceAccount's token in ${folder} (automountServiceAccountToken), got ${got}`
    throw new AccessError(message, { cause })
  })
  const namespace = await readFile(join(folder, 'namespace'), 'utf8').catch(() => '')
  return {
    server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
    namespace: namespace.trim() || undefined,
    description: 'the cluster of this Pod',
    identity,
    forget,
  }
}

async function readIdentity(folder: string): Promise<Identity> {
  const token = (await readFile(join(folder, 'token'), 'utf8')).trim()
  if (!token) throw new Error(`${join(folder, 'token')} is empty`)
  const ca = await readFile(join(folder, 'ca.crt'), 'utf8')
  return { tls: { ca }, headers: { authorization: `Bearer ${token}` } }
}
