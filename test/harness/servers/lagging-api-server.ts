import { dirname, join } from 'node:path'
import { apiRequests } from './api-request.ts'
import { binary } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { freePorts } from './free-ports.ts'
import { startRelay } from './relay.ts'
import { apiServerArguments } from './server-arguments.ts'
import { startProcess } from './server-process.ts'

export interface LaggingApiServer {
  /** Where it and the cluster's own API server take turns. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Another API server on the etcd of a cluster, which learns everything so many milliseconds late. */
export async function startLaggingApiServer(cluster: Cluster, milliseconds: number): Promise<LaggingApiServer> {
  const portOf = (url: string) => Number(new URL(url).port)
  const folder = dirname(cluster.kubeconfig)
  const etcd = await startRelay([portOf(cluster.etcdUrl)])
  const [port = 0] = await freePorts(1)
  const flags = apiServerArguments(folder, etcd.port, port)
  const server = startProcess(binary('kube-apiserver'), flags, { log: join(folder, 'lagging-api-server.log') })
  const front = await startRelay([portOf(cluster.url), port])
  const request = apiRequests({ url: `https://127.0.0.1:${port}`, token: cluster.token })
  const stop = async () => {
    await front.stop()
    await server.stop()
    await etcd.stop()
  }
  try {
    await server.ready(async () => (await request('GET', '/readyz')).status === 200)
  } catch (error) {
    await stop()
    throw error
  }
  etcd.delay(milliseconds)
  return { url: `https://127.0.0.1:${front.port}`, stop }
}
