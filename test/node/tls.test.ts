import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { renew } from '../harness/node/cert-manager.ts'
import { watchGap } from '../harness/node/endpoint-gap.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import {
  buildAs,
  type Client,
  lookAround,
  NAMESPACE,
  refusalOf,
  restartsOf,
  type Stage,
  servedSerial,
  serverNameOf,
  startStage,
  writeSecure,
} from '../harness/node/secure-builders.ts'
import { needs } from '../harness/servers/binaries.ts'
import { needsOpenssl } from '../harness/servers/certificates.ts'
import { eventually } from '../harness/servers/eventually.ts'

const MODES = { privileged: {}, rootless: { rootless: true }, 'user-namespace': { hostUsers: false } }
const BUILD_SECONDS = 30

/** Renews the certificate of a builder during a build of `BUILD_SECONDS`. */
async function renewDuringBuild(stage: Stage, name: string, t: TestContext): Promise<void> {
  const { cluster, identities } = stage
  await cluster.apply(await writeSecure(cluster, name, MODES[name as keyof typeof MODES]))
  const endpoint = await cluster.readyEndpoint(name)
  const servername = await serverNameOf(cluster, name)
  const [pod = ''] = await cluster.pods(name)
  const served = await servedSerial(stage, endpoint)
  assert.match(served, /^serial=/)
  const gap = watchGap(cluster, name)
  const building = buildAs(stage, endpoint, { ...identities.right, servername, seconds: BUILD_SECONDS })
  await setTimeout(2000)
  await renew(cluster.node, `${name}-tls`)
  const built = await building
  assert.equal(built.code, 0, built.output)
  assert.equal(await restartsOf(cluster, pod), 0, 'a builder with a client must not restart')
  await eventually(() => restartsOf(cluster, pod), 1, 60)
  assert.equal(await cluster.readyEndpoint(name), endpoint)
  const { seconds, reasons } = await gap()
  t.diagnostic(`${name}: ${seconds.toFixed(1)} s without an endpoint, ${[...reasons.keys()].join(', ')}`)
  assert.notEqual(await servedSerial(stage, endpoint), served)
  const seen = await lookAround(stage, endpoint, { ...identities.right, servername })
  assert.match(seen, /error reading server preface/)
  assert.match(seen, /can't open '\/certs\/tls\.key'/)
  assert.doesNotMatch(seen, /PRIVATE KEY/)
  const next = await buildAs(stage, endpoint, { ...identities.right, servername })
  assert.equal(next.code, 0, next.output)
}

/** A roll while the builder drains for its certificate, with a build that began in the last moment. */
async function rollDuringRenewal(stage: Stage, t: TestContext): Promise<void> {
  const { cluster, identities } = stage
  await cluster.apply(await writeSecure(cluster, 'both'))
  const endpoint = await cluster.readyEndpoint('both')
  const servername = await serverNameOf(cluster, 'both')
  const gap = watchGap(cluster, 'both')
  await renew(cluster.node, 'both-tls')
  await eventually(async () => (await cluster.columns('both')).slice(1), ['False', 'ContainerNotReady'], 60)
  const building = buildAs(stage, endpoint, { ...identities.right, servername, seconds: 15 })
  await setTimeout(2000)
  await cluster.apply(await writeSecure(cluster, 'both', { observability: { debugLogging: true } }))
  const built = await building
  assert.equal(built.code, 0, built.output)
  await eventually(async () => (await cluster.pods('both')).length, 1, 60)
  const next = await buildAs(stage, await cluster.readyEndpoint('both'), { ...identities.right, servername })
  assert.equal(next.code, 0, next.output)
  t.diagnostic(`${(await gap()).seconds.toFixed(1)} s without an endpoint`)
}

/** Builds through the Service of a builder while its template changes. */
async function rollBehindService(stage: Stage): Promise<void> {
  const { cluster, identities, resolver } = stage
  const name = 'named'
  await cluster.apply(await writeSecure(cluster, name))
  const old = await cluster.readyEndpoint(name)
  const service = `tcp://${name}.${NAMESPACE}.svc:1234`
  // The certificate has the name of the Service, so that the client needs no other one.
  const client = { ...identities.right, resolver }
  const building = buildAs(stage, service, { ...client, seconds: 15 })
  await setTimeout(2000)
  await cluster.apply(await writeSecure(cluster, name, { observability: { debugLogging: true } }))
  await eventually(async () => ['', old].includes(await cluster.endpoint(name)), false, 60)
  await eventually(async () => (await cluster.pods(name)).length, 2, 20)
  await eventually(async () => (await cluster.pods(name)).some((one) => one.startsWith('(')), true, 20)
  const [pod = ''] = (await cluster.pods(name)).filter((one) => !one.startsWith('('))
  const next = await buildAs(stage, service, client)
  assert.equal(next.code, 0, next.output)
  const built = await building
  assert.equal(built.code, 0, built.output)
  await eventually(() => cluster.pods(name), [pod], 60)
}

/** What somebody gets. buildx gives up after twenty seconds and never says why; buildctl does. */
async function verdictOf(stage: Stage, endpoint: string, client: Client): Promise<string> {
  const { code, output } = await buildAs(stage, endpoint, client)
  if (code === 0) return 'builds'
  assert.match(output, /context deadline exceeded/)
  return refusalOf(stage, endpoint, client)
}

/** Everybody who may try to connect to the builder `strict`, and what each gets. */
async function verdicts(stage: Stage): Promise<Readonly<Record<string, string>>> {
  const { cluster, identities } = stage
  const endpoint = await cluster.endpoint('strict')
  const servername = await serverNameOf(cluster, 'strict')
  const { right, server, foreign, expired } = identities
  const clients = {
    'the right certificate': { ...right, servername },
    'no TLS': {},
    'no certificate': { cacert: right.cacert, servername },
    "a builder's own certificate": { ...server, servername },
    'a certificate of another CA': { ...foreign, servername },
    'an expired certificate': { ...expired, servername },
    'the right certificate, but no name to verify': right,
    'the right certificate, but another name to verify': { ...right, servername: 'strict.other.svc' },
  }
  const built = await Promise.all(
    Object.entries(clients).map(async ([who, client]) => [who, await verdictOf(stage, endpoint, client)]),
  )
  return Object.fromEntries(built)
}

suite('builders with certificates of cert-manager', {
  skip: needsNode() || needs('cert-manager') || needsOpenssl(),
}, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage()
  })
  after(() => stage?.cluster.stop())

  test('serve who has a certificate of their CA, and nobody else', async () => {
    assert.equal(await serverNameOf(stage.cluster, 'strict'), 'strict.builders.svc')
    const notSent = 'error reading server preface: remote error: tls: certificate required'
    assert.deepEqual(await verdicts(stage), {
      'the right certificate': 'builds',
      'no TLS': 'error reading server preface: EOF',
      'no certificate': notSent,
      "a builder's own certificate": 'error reading server preface: remote error: tls: bad certificate',
      // A client does not send a certificate that none of the CAs which the builder names has signed.
      'a certificate of another CA': notSent,
      'an expired certificate': 'error reading server preface: remote error: tls: expired certificate',
      'the right certificate, but no name to verify':
        "tls: failed to verify certificate: x509: cannot validate certificate for <address> because it doesn't contain any IP SANs",
      'the right certificate, but another name to verify':
        'tls: failed to verify certificate: x509: certificate is valid for strict.builders.svc, *.builders.svc, not strict.other.svc',
    })
  })

  suite('restart in place for a renewed certificate, after the build that runs', { concurrency: true }, () => {
    for (const name of Object.keys(MODES)) test(name, (t) => renewDuringBuild(stage, name, t))
  })

  suite('cut no build', { concurrency: true }, () => {
    test('when their template changes while they drain for a renewed certificate', (t) => rollDuringRenewal(stage, t))
    test('when their template changes behind their Service, where new builds reach the new Pod', () =>
      rollBehindService(stage))
  })
})
