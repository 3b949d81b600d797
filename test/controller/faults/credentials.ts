import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { apiRequests } from '../../harness/servers/api-request.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { type ControllerProcess, startController } from '../../harness/servers/controller-process.ts'
import { eventually } from '../../harness/servers/eventually.ts'

const NAMESPACE = 'buildkit-controller'
const SERVICE_ACCOUNT = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/buildkit-controller`
const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`

/** A token of the controller's ServiceAccount, which is good for as long as there is a Secret. */
export interface Token {
  readonly text: string
  /** Comes back when the API server does not take it any more, which it keeps in mind for ten seconds. */
  readonly revoke: () => Promise<void>
}

let tokens = 0

export async function createToken({ request, url }: Cluster): Promise<Token> {
  tokens += 1
  const name = `token-${tokens}`
  const secret = await request('POST', SECRETS, { metadata: { name } })
  const { uid } = secret.body.metadata
  const spec = { audiences: [], boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name, uid } }
  const { body } = await request('POST', `${SERVICE_ACCOUNT}/token`, { spec })
  const text: string = body.status.token
  const asIt = apiRequests({ url, token: text })
  return {
    text,
    revoke: async () => {
      await request('DELETE', `${SECRETS}/${name}`)
      await eventually(async () => (await asIt('GET', '/api/v1/pods?limit=1')).status, 401)
    },
  }
}

/** The files from which a controller knows its token and its CA. */
export interface Credentials {
  /** As the kubelet does it: whoever reads sees the old file or the new one. */
  readonly write: (name: 'token' | 'ca.crt', text: string) => Promise<void>
  readonly remove: (name: 'token') => Promise<void>
}

export interface Holder {
  readonly controller: ControllerProcess
  readonly credentials: Credentials
  readonly stop: () => Promise<void>
}

export interface First {
  readonly cluster: Cluster
  readonly server: string
  readonly token: Token
}

/** How a controller gets its credentials. */
export type Start = (first: First, args: readonly string[]) => Promise<Holder>

/** From files that a kubeconfig names. */
export const withKubeconfig: Start = async ({ cluster, server, token }, args) => {
  const folder = await mkdtemp(join(tmpdir(), 'credentials-'))
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': 'ca.crt' } }],
    users: [{ name: 'test', user: { tokenFile: 'token' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  }
  const credentials = filesIn(folder)
  await credentials.write('token', token.text)
  await credentials.write('ca.crt', await certificateOf(cluster))
  await writeFile(join(folder, 'config'), JSON.stringify(kubeconfig))
  const controller = await startController([`--kubeconfig=${join(folder, 'config')}`, ...args])
  const stop = async () => {
    await controller.stop()
    await rm(folder, { recursive: true })
  }
  return { controller, credentials, stop }
}

/** From what a kubelet mounts into a Pod: in a mount namespace of its own, which takes root. */
export const inPod: Start = async ({ cluster, server, token }, args) => {
  const { hostname, port } = new URL(server)
  const controller = await startController(args, {
    command: ['unshare', '--mount', 'sh', '-euc', AS_A_POD, process.execPath],
    env: {
      KUBECONFIG: '',
      TOKEN: token.text,
      CA: await certificateOf(cluster),
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
    },
  })
  // Each shell and `unshare` has become the next program: the process is still the one that was started.
  const credentials = filesIn(`/proc/${controller.pid}/root/run/secrets/kubernetes.io/serviceaccount`)
  return { controller, credentials, stop: controller.stop }
}

const AS_A_POD = `
  mount -t tmpfs tmpfs /run
  folder=/run/secrets/kubernetes.io/serviceaccount
  mkdir -p "$folder"
  printf %s "$TOKEN" > "$folder/token"
  printf %s "$CA" > "$folder/ca.crt"
  exec "$0" "$@"`

function certificateOf({ kubeconfig }: Cluster): Promise<string> {
  return readFile(join(dirname(kubeconfig), 'pki/apiserver.crt'), 'utf8')
}

function filesIn(folder: string): Credentials {
  return {
    write: async (name, text) => {
      await writeFile(join(folder, `${name}.new`), text)
      await rename(join(folder, `${name}.new`), join(folder, name))
    },
    remove: (name) => rm(join(folder, name)),
  }
}
