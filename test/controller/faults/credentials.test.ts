import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { createAuthority, needsOpenssl } from '../../harness/servers/certificates.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { startCrdCluster } from '../../harness/servers/crd-cluster.ts'
import { type FaultProxy, startFaultProxy } from '../../harness/servers/fault-proxy.ts'
import { createPackage } from '../../harness/servers/package.ts'
import { CONFIG, type Stage } from '../../harness/servers/stage.ts'
import { BUILDERS, changeAll, publishedSeconds, startingBuilders } from './builders.ts'
import { createToken, type Holder, inPod, type Start, type Token, withKubeconfig } from './credentials.ts'
import { LEASE_ARGS, takeOver } from './leads.ts'
import { type NoisyTenant, STEADY, startNoisyTenant } from './noisy-tenant.ts'

/** What makes requests on its own: both watches, the lease, and work on builders. */
const LOOPS = 4

interface Scene extends Holder, Pick<Stage, 'createPackage'> {
  readonly noise: NoisyTenant
  readonly cluster: Cluster
  readonly proxy: FaultProxy
  /** The one that it has. */
  token: Token
}

const scenarios: Readonly<Record<string, (scene: Scene, t: TestContext) => Promise<void>>> = {
  'continues with a new token when the old one is refused': async (scene, t) => {
    const { cluster, proxy, controller, credentials, token } = scene
    const pkg = await startingBuilders(scene)
    const failed = failures(scene).length
    scene.token = await createToken(cluster)
    await credentials.write('token', scene.token.text)
    await token.revoke()
    proxy.reset()
    await changeAll(pkg)
    const seconds = await publishedSeconds(pkg, 35)
    const refused = await controller.metric('rest_client_requests_total', 'code="401"')
    t.diagnostic(`${BUILDERS} endpoints ${seconds.toFixed(1)} s after the old token was refused, ${refused} times`)
    assert.ok(refused <= LOOPS, `${refused} refused calls`)
    assert.deepEqual(failures(scene).slice(failed), [])
  },

  'continues when its token is back after five seconds of refusals': async (scene, t) => {
    const { cluster, proxy, controller, credentials, token } = scene
    const pkg = await startingBuilders(scene)
    await credentials.remove('token')
    await token.revoke()
    proxy.reset()
    await changeAll(pkg)
    await setTimeout(5000)
    assert.equal(await controller.probe('livez'), 200)
    scene.token = await createToken(cluster)
    await credentials.write('token', scene.token.text)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after the token was back`)
    await takeOver(controller)
  },

  'continues with a new CA when the API server has another certificate': async (scene, t) => {
    const { proxy, controller, credentials } = scene
    const pkg = await startingBuilders(scene)
    const authority = await createAuthority()
    await credentials.write('ca.crt', authority.ca)
    const old = proxy.certify(await authority.issue())
    const failed = failures(scene).length
    await changeAll(pkg)
    const seconds = await publishedSeconds(pkg, 35)
    const left = old()
    t.diagnostic(
      `${BUILDERS} endpoints after ${seconds.toFixed(1)} s; ${left} connections of before, ${proxy.connections()} in all`,
    )
    assert.deepEqual(failures(scene).slice(failed), [])
    // Watches stay until they end; no call goes over a connection that began with the old certificate.
    assert.ok(left <= 2, `${left} connections of before`)
    proxy.reset()
    const next = await startingBuilders(scene)
    await changeAll(next)
    t.diagnostic(`${BUILDERS} more ${(await publishedSeconds(next, 35)).toFixed(1)} s after the watches began anew`)
    assert.equal(await controller.probe('livez'), 200)
  },

  'continues when its new CA arrives three seconds after the certificate': async (scene, t) => {
    const { proxy, controller, credentials } = scene
    const pkg = await startingBuilders(scene)
    const authority = await createAuthority()
    proxy.certify(await authority.issue())
    proxy.reset()
    await changeAll(pkg)
    await setTimeout(3000)
    await credentials.write('ca.crt', authority.ca)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after the CA was there`)
    assert.equal(await controller.probe('livez'), 200)
  },
}

/** The noisy tenant writes its Buildkits all the time, so that some writes of the controller conflict, or are on their way when the proxy resets. */
const NOISE = /\/buildkits\/noisy-\d+\/status: (?:409 |read ECONNRESET)/

/** Why work on builders has failed; a lease of four seconds is lost where the machine is slow, and with it what is about to be written. */
function failures({ controller }: Scene): readonly unknown[] {
  const errors = controller.log.flatMap(({ msg, error }) => (msg === 'could not reconcile' ? [String(error)] : []))
  return errors.filter((error) => error !== 'lost the lease before writing' && !NOISE.test(error))
}

const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0

const startings: Readonly<Record<string, readonly [Start, false | string]>> = {
  'with a kubeconfig that names files': [withKubeconfig, false],
  'in a Pod': [inPod, !canMount && 'needs root on Linux, for a mount namespace of its own'],
}

for (const [how, [start, cannot]] of Object.entries(startings)) {
  const skip = needs('etcd', 'kube-apiserver', 'kubectl') || needsOpenssl() || cannot
  suite(`a controller ${how}`, { skip }, () => {
    let scene: Scene
    before(async () => {
      scene = await setScene(start)
    })
    after(async () => {
      await scene?.noise.stop()
      await scene?.stop()
      await scene?.proxy.stop()
      await scene?.cluster.stop()
    })
    for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(scene, t))
  })
}

async function setScene(start: Start): Promise<Scene> {
  const cluster = await startCrdCluster()
  const proxy = await startFaultProxy(cluster)
  await cluster.kubectl(['apply', '--kustomize', CONFIG])
  const token = await createToken(cluster)
  const holder = await start({ cluster, server: proxy.url, token }, LEASE_ARGS)
  await holder.controller.ready()
  await takeOver(holder.controller)
  // Of a Buildkit that others change a write fails with 409 where nothing else is wrong, and must not be taken for a refusal.
  const noise = await startNoisyTenant(cluster, { kinds: STEADY })
  return { ...holder, noise, cluster, proxy, token, createPackage: () => createPackage(cluster) }
}
