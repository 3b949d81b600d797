import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { binary } from '../servers/binaries.ts'
import { type Built, buildOf } from './builder.ts'
import { addIssuer, startCertManager } from './cert-manager.ts'
import { type Identities, type Identity, writeIdentities } from './client-certificates.ts'
import { type BuilderCluster, startBuilderCluster } from './cluster-with-controller.ts'
import { startResolver } from './resolver.ts'

export const NAMESPACE = 'builders'

/** A kubelet that looks every three seconds; by default a restart takes three minutes longer. */
const IMPATIENT = {
  podSpecPatch: {
    containers: [
      {
        name: 'buildkit',
        readinessProbe: { periodSeconds: 3, failureThreshold: 1 },
        livenessProbe: { periodSeconds: 3, failureThreshold: 2 },
      },
    ],
  },
}

export interface Stage {
  readonly cluster: BuilderCluster
  readonly identities: Identities
  /** The resolv.conf of who knows the names of Services. */
  readonly resolver: string
}

/** A package as in examples/tls, with one builder; `template` are more fields of its template. */
export async function writeSecure({ node }: BuilderCluster, name: string, template: object = {}): Promise<string> {
  const path = join(node.folder, `package-${name}`)
  await mkdir(path, { recursive: true })
  const meta = (kind: string) => ({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind,
    metadata: { name, namespace: NAMESPACE },
  })
  const tls = { secretName: `${name}-tls`, certificate: { issuerRef: { name: 'builders-ca' } } }
  const spec = { tls, service: {}, lifecycle: { terminationGracePeriodSeconds: 300 }, ...IMPATIENT, ...template }
  await writeFile(join(path, 'template.yaml'), JSON.stringify({ ...meta('BuildkitTemplate'), spec }))
  await writeFile(join(path, 'buildkit.yaml'), JSON.stringify({ ...meta('Buildkit'), spec: { template: name } }))
  return path
}

/** How somebody connects, and how long the build takes. */
export type Client = Partial<Identity> & {
  readonly servername?: string
  readonly resolver?: string
  readonly seconds?: number
}

/** A build as somebody, who verifies the builder by the name in its status. */
export async function buildAs({ cluster: { node } }: Stage, endpoint: string, client: Client): Promise<Built> {
  const { seconds = 0, resolver, ...driverOptions } = client
  return buildOf(node, endpoint, {
    steps: `RUN ["/bin/busybox", "sleep", "${seconds}"]`,
    flags: ['--no-cache'],
    driverOptions,
    ...(resolver && { resolver }),
  })
}

/** What a `RUN` step sees that looks for the API of its builder at 127.0.0.1, and for the key of the certificate in every process. */
export async function lookAround({ cluster: { node } }: Stage, endpoint: string, client: Client): Promise<string> {
  const { seconds: _, resolver: __, ...driverOptions } = client
  const script =
    'buildctl --addr tcp://127.0.0.1:1234 debug workers; busybox cat /certs/tls.key /proc/[0-9]*/root/certs/tls.key'
  const steps = `COPY buildctl /bin/buildctl\nRUN ["/bin/busybox", "sh", "-c", "PATH=/bin; ${script}; true"]`
  const built = await buildOf(node, endpoint, {
    steps,
    flags: ['--no-cache'],
    files: { buildctl: binary('buildctl') },
    driverOptions,
  })
  return built.output
}

const REFUSAL = /(?:remote error: tls: |tls: |x509: |error reading server preface: )[^"\n]+/

/** Why a builder refuses somebody, in the words of buildctl. */
export async function refusalOf({ cluster: { node } }: Stage, endpoint: string, client: Client): Promise<string> {
  const flags = { tlscacert: client.cacert, tlscert: client.cert, tlskey: client.key, tlsservername: client.servername }
  const args = Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : []))
  for (let attempt = 1; ; attempt++) {
    const { stdout, stderr } = await node.run(binary('buildctl'), ['--addr', endpoint, ...args, 'debug', 'workers'])
    const reason = REFUSAL.exec(stdout + stderr)?.[0]
    if (reason !== undefined || attempt === 20) return (reason ?? stderr).replace(/\d+(?:\.\d+){3}/, '<address>')
    // A client that still writes when the builder hangs up has no time to read why.
    await setTimeout(200)
  }
}

export async function serverNameOf({ node }: BuilderCluster, name: string): Promise<string> {
  const path = `/apis/buildkit.seatgeek.io/v1alpha1/namespaces/${NAMESPACE}/buildkits/${name}`
  const { status } = (await node.read(path)) as { readonly status: { readonly tlsServerName: string } }
  return status.tlsServerName
}

/** The serial number of the certificate that a builder serves, as openssl prints it. */
export async function servedSerial({ cluster: { node }, identities }: Stage, endpoint: string): Promise<string> {
  const { cert, key } = identities.right
  const address = endpoint.replace('tcp://', '')
  const script = `openssl s_client -connect ${address} -cert ${cert} -key ${key} </dev/null 2>/dev/null | openssl x509 -noout -serial`
  return (await node.run('sh', ['-c', script])).stdout.trim()
}

interface ContainerPod {
  readonly status: { readonly containerStatuses: readonly { readonly restartCount: number }[] }
}

export async function restartsOf({ node }: BuilderCluster, pod: string): Promise<number> {
  const { status } = (await node.read(`/api/v1/namespaces/${NAMESPACE}/pods/${pod}`)) as ContainerPod
  return status.containerStatuses[0]?.restartCount ?? 0
}

/** A node with our controller, with cert-manager and with a builder `strict`. */
export async function startStage(): Promise<Stage> {
  const cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'], NAMESPACE)
  const { node } = cluster
  await node.kubectl(['create', 'namespace', NAMESPACE])
  await startCertManager(node)
  await addIssuer(node)
  const resolver = await startResolver(node)
  await cluster.apply(await writeSecure(cluster, 'strict'))
  await cluster.readyEndpoint('strict')
  return { cluster, identities: await writeIdentities(node, 'strict-tls'), resolver }
}
