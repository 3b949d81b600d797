import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Built, buildOf } from '../harness/node/builder.ts'
import { addIssuer, renew, startCertManager } from '../harness/node/cert-manager.ts'
import { type Identities, type Identity, writeIdentities } from '../harness/node/client-certificates.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { watchGap } from '../harness/node/endpoint-gap.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { needs } from '../harness/servers/binaries.ts'
import { needsOpenssl } from '../harness/servers/certificates.ts'
import { eventually } from '../harness/servers/eventually.ts'

const NAMESPACE = 'builders'
const MODES = { privileged: {}, rootless: { rootless: true }, 'user-namespace': { hostUsers: false } }
const ERA = 30

/** A kubelet that looks every two seconds; by default a restart takes three minutes longer. */
const IMPATIENT = {
  podSpecPatch: {
    containers: [
      {
        name: 'buildkit',
        readinessProbe: { periodSeconds: 1, failureThreshold: 1 },
        livenessProbe: { periodSeconds: 2, failureThreshold: 3 },
      },
    ],
  },
}

interface Stage {
  readonly cluster: BuilderCluster
  readonly identities: Identities
}

/** A package as in examples/tls, with one builder; `template` are more fields of its template. */
async function writeSecure({ node }: BuilderCluster, name: string, template: object = {}): Promise<string> {
  const path = join(node.folder, `package-${name}`)
  await mkdir(path, { recursive: true })
  const meta = (kind: string) => ({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind,
    metadata: { name, namespace: NAMESPACE },
  })
  const tls = { secretName: `${name}-tls`, certificate: { issuerRef: { name: 'builders-ca' } } }
  const spec = { tls, service: {}, lifecycle: { terminationGracePeriodSeconds: 60 }, ...IMPATIENT, ...template }
  await writeFile(join(path, 'template.yaml'), JSON.stringify({ ...meta('BuildkitTemplate'), spec }))
  await writeFile(join(path, 'buildkit.yaml'), JSON.stringify({ ...meta('Buildkit'), spec: { template: name } }))
  return path
}

/** A build as somebody, who verifies the builder by the name in its status. */
async function buildAs(
  { cluster: { node } }: Stage,
  endpoint: string,
  options: Partial<Identity> & { readonly servername?: string; readonly seconds?: number },
): Promise<Built> {
  const { seconds = 0, ...driverOptions } = options
  return buildOf(node, endpoint, {
    steps: `RUN ["/bin/busybox", "sleep", "${seconds}"]`,
    flags: ['--no-cache'],
    driverOptions,
  })
}

async function serverNameOf({ node }: BuilderCluster, name: string): Promise<string> {
  const path = `/apis/buildkit.seatgeek.io/v1alpha1/namespaces/${NAMESPACE}/buildkits/${name}`
  const { status } = (await node.read(path)) as { readonly status: { readonly tlsServerName: string } }
  return status.tlsServerName
}

/** When the certificate begins that a builder serves. */
async function servedSince({ cluster: { node }, identities }: Stage, endpoint: string): Promise<string> {
  const { cert, key } = identities.right
  const address = endpoint.replace('tcp://', '')
  const script = `openssl s_client -connect ${address} -cert ${cert} -key ${key} </dev/null 2>/dev/null | openssl x509 -noout -serial`
  return (await node.run('sh', ['-c', script])).stdout.trim()
}

interface ContainerPod {
  readonly status: { readonly containerStatuses: readonly { readonly restartCount: number }[] }
}

async function restartsOf({ node }: BuilderCluster, pod: string): Promise<number> {
  const { status } = (await node.read(`/api/v1/namespaces/${NAMESPACE}/pods/${pod}`)) as ContainerPod
  return status.containerStatuses[0]?.restartCount ?? 0
}

/** Renews the certificate of a builder during a build of `ERA` seconds. */
async function renewDuringBuild(stage: Stage, name: string, t: TestContext): Promise<void> {
  const { cluster, identities } = stage
  await cluster.apply(await writeSecure(cluster, name, MODES[name as keyof typeof MODES]))
  const endpoint = await cluster.readyEndpoint(name)
  const servername = await serverNameOf(cluster, name)
  const [pod = ''] = await cluster.pods(name)
  const served = await servedSince(stage, endpoint)
  assert.match(served, /^serial=/)
  const gap = watchGap(cluster, name)
  const building = buildAs(stage, endpoint, { ...identities.right, servername, seconds: ERA })
  await setTimeout(2000)
  await renew(cluster.node, `${name}-tls`)
  const built = await building
  assert.equal(built.code, 0, built.output)
  assert.equal(await restartsOf(cluster, pod), 0, 'a builder with a client must not restart')
  await eventually(() => restartsOf(cluster, pod), 1, 60)
  assert.equal(await cluster.readyEndpoint(name), endpoint)
  const { seconds, reasons } = await gap()
  t.diagnostic(`${name}: ${seconds.toFixed(1)} s without an endpoint, ${[...reasons.keys()].join(', ')}`)
  assert.notEqual(await servedSince(stage, endpoint), served)
  const next = await buildAs(stage, endpoint, { ...identities.right, servername })
  assert.equal(next.code, 0, next.output)
}

suite('builders with certificates of cert-manager', {
  skip: needsNode() || needs('cert-manager') || needsOpenssl(),
}, () => {
  let stage: Stage
  before(async () => {
    const cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'], NAMESPACE)
    const { node } = cluster
    await node.kubectl(['create', 'namespace', NAMESPACE])
    await startCertManager(node)
    await addIssuer(node)
    await cluster.apply(await writeSecure(cluster, 'strict'))
    await cluster.readyEndpoint('strict')
    stage = { cluster, identities: await writeIdentities(node, 'strict-tls') }
  })
  after(() => stage?.cluster.stop())

  test('serve who has a certificate of their CA, and nobody else', async (t) => {
    const { cluster, identities } = stage
    const endpoint = await cluster.endpoint('strict')
    const servername = await serverNameOf(cluster, 'strict')
    assert.equal(servername, 'strict.builders.svc')
    const { right, ...others } = identities
    const { cacert } = right
    const clients = {
      'the right certificate': { ...right, servername },
      'no TLS': {},
      'no certificate': { cacert, servername },
      "a builder's own certificate": { ...others.server, servername },
      'a certificate of another CA': { ...others.foreign, servername },
      'an expired certificate': { ...others.expired, servername },
      'the right certificate, but no name to verify': right,
      'the right certificate, but another name to verify': { ...right, servername: 'other.builders.svc' },
    }
    const results = await Promise.all(
      Object.entries(clients).map(async ([who, options]) => {
        const { code, output } = await buildAs(stage, endpoint, options)
        const why =
          /(tls: [^"\n]+|x509: [^"\n]+|error reading server preface: [^"\n]+|EOF|connection reset[^"\n]*)/.exec(
            output,
          )?.[0]
        t.diagnostic(`${who}: ${code === 0 ? 'builds' : why}`)
        return [who, code === 0 ? 'builds' : (why ?? output)]
      }),
    )
    assert.deepEqual(Object.fromEntries(results), {})
  })

  suite('restart in place for a renewed certificate, after the build that runs', { concurrency: true }, () => {
    for (const name of Object.keys(MODES)) test(name, (t) => renewDuringBuild(stage, name, t))
  })
})
