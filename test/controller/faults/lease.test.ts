import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { columns, podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { LEASE, LEASE_ARGS, leads, takeOver } from './leads.ts'
import { startNoisyStage } from './noisy-stage.ts'

/** Two controllers; they change places. */
interface Replicas {
  readonly stage: Stage
  leader: ControllerProcess
  standby: ControllerProcess
}

function changePlaces(replicas: Replicas): void {
  const { leader, standby } = replicas
  replicas.leader = standby
  replicas.standby = leader
}

type Scenario = (replicas: Replicas, t: TestContext) => Promise<void>

const scenarios: Readonly<Record<string, Scenario>> = {
  'have one leader, and the other is ready': async ({ leader, standby }) => {
    await eventually(() => leads(leader), 1)
    assert.equal(await leads(standby), 0)
    assert.equal(await standby.probe('readyz'), 200)
  },

  'go on after the leader was paused for longer than its lease: it writes nothing more': async (replicas, t) => {
    const { stage, leader, standby } = replicas
    const pkg = await stage.createPackage()
    leader.signal('SIGSTOP')
    const seconds = await takeOver(standby)
    await pkg.applyPod('b', podName('b', 1))
    await pkg.applyBuildkit('b', podName('b', 1))
    await pkg.runPod(podName('b', 1), '10.0.0.1')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    const known = (await stage.cluster.auditEvents()).length
    leader.signal('SIGCONT')
    await eventually(() => leads(leader), 0)
    await setTimeout(2000)
    const events = (await stage.cluster.auditEvents()).slice(known)
    // The standby, who leads now, has work with the noisy tenant all the time.
    const writes = events.filter(
      ({ verb, userAgent, objectRef }) =>
        userAgent?.startsWith('buildkit-controller/') &&
        objectRef?.namespace === pkg.namespace &&
        (verb === 'patch' || verb === 'delete'),
    )
    assert.deepEqual(
      writes.map(({ requestURI }) => requestURI),
      [],
    )
    assert.equal(await leads(standby), 1)
    t.diagnostic(`the standby led ${seconds.toFixed(1)} s after the pause began, with a lease of 4 s`)
    changePlaces(replicas)
  },

  'have one leader again after the lease was deleted': async (replicas, t) => {
    const { stage, leader, standby } = replicas
    await stage.cluster.request('DELETE', LEASE)
    const start = performance.now()
    const holder = async () => typeof (await stage.cluster.request('GET', LEASE)).body.spec?.holderIdentity
    await eventually(holder, 'string')
    await eventually(async () => (await leads(leader)) + (await leads(standby)), 1)
    t.diagnostic(`one leader ${((performance.now() - start) / 1000).toFixed(1)} s later`)
    if ((await leads(standby)) === 1) changePlaces(replicas)
  },

  'have one leader again after somebody has written another name into the lease': async (replicas, t) => {
    const { stage, leader, standby } = replicas
    const start = performance.now()
    const seconds = () => (performance.now() - start) / 1000
    await stage.cluster.request('PATCH', LEASE, { spec: { holderIdentity: 'somebody' } })
    await eventually(() => leads(leader), 0)
    t.diagnostic(`the leader gave up after ${seconds().toFixed(1)} s`)
    const leaders = async () => (await leads(leader)) + (await leads(standby))
    await eventually(leaders, 1)
    const led = seconds()
    t.diagnostic(`one leader ${led.toFixed(1)} s later, with a lease of 4 s`)
    assert.ok(led >= 4, `somebody may have led for as long as that, got ${led} s`)
    assert.ok(led < 8, `got ${led} s`)
    await setTimeout(2000)
    assert.equal(await leaders(), 1)
    if ((await leads(standby)) === 1) changePlaces(replicas)
  },

  'change places at once although the lease is changed while the leader gives it back': async (replicas, t) => {
    const { stage, leader, standby } = replicas
    const known = (await stage.cluster.auditEvents()).length
    let notes = 0
    const annotate = () => stage.cluster.request('PATCH', LEASE, { metadata: { annotations: { notes: `${notes}` } } })
    // At most one of the two is a renewal that was under way.
    stage.proxy.inject(({ method, path }) => {
      return method === 'PUT' && path === LEASE && notes++ < 2 ? { until: annotate() } : undefined
    })
    leader.signal('SIGTERM')
    const seconds = await takeOver(standby)
    stage.proxy.inject(() => undefined)
    assert.equal(await leader.ended, 0)
    const writes = (await stage.cluster.auditEvents()).slice(known).filter(({ verb }) => verb === 'update')
    const refused = writes.filter(({ responseStatus }) => responseStatus?.code === 409).length
    t.diagnostic(`${refused} writes of the lease refused with 409; the standby led after ${seconds.toFixed(1)} s`)
    assert.ok(refused > 0)
    assert.ok(seconds < 3.5, 'the standby did not wait for the lease to run out')
    replicas.leader = standby
    replicas.standby = await stage.startController()
    await replicas.standby.ready()
  },

  'change places when the leader ends in order, and it ends with 0': async (replicas, t) => {
    const { stage, leader, standby } = replicas
    leader.signal('SIGTERM')
    t.diagnostic(`the standby led after ${(await takeOver(standby)).toFixed(1)} s`)
    assert.equal(await leader.ended, 0)
    replicas.leader = standby
    replicas.standby = await stage.startController()
    await replicas.standby.ready()
  },

  'change places when the leader is killed': async ({ leader, standby }, t) => {
    leader.signal('SIGKILL')
    t.diagnostic(`the standby led after ${(await takeOver(standby)).toFixed(1)} s, with a lease of 4 s`)
  },
}

suite('two replicas', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let replicas: Replicas
  before(async () => {
    const stage = await startNoisyStage(LEASE_ARGS, { audit: true })
    replicas = { stage, leader: stage.controller(), standby: await stage.startController() }
    await replicas.standby.ready()
  })
  after(() => replicas.stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(replicas, t))
})
