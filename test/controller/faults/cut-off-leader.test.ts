import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { AuditEvent } from '../../harness/servers/audit-log.ts'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { type FaultProxy, startFaultProxy } from '../../harness/servers/fault-proxy.ts'
import type { Package } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { LEASE, LEASE_ARGS, leads, takeOver } from './leads.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { allServe, BOTH, bringUpAll, move } from './sized.ts'

const RENEW_MILLISECONDS = 3000
/** Until a request that was sent in time is in the audit log. */
const SLACK_MILLISECONDS = 500

/** A controller, its own way to the API server, and its name there. */
interface Replica {
  readonly controller: ControllerProcess
  readonly proxy: FaultProxy
  readonly username: string
}

interface Replicas {
  readonly stage: Stage
  leader: Replica
  standby: Replica
}

type Scenario = (replicas: Replicas, t: TestContext) => Promise<void>

const scenarios: Readonly<Record<string, Scenario>> = {
  'from the API server: the standby leads after the lease, and the old leader follows when it is back': async (
    replicas,
    t,
  ) => {
    const { stage, leader, standby } = replicas
    const pkg = await builders(stage)
    leader.proxy.refuse()
    leader.proxy.reset()
    // What had left before may still be under way in the API server.
    await setTimeout(SLACK_MILLISECONDS)
    const known = await countEvents(stage)
    const seconds = await takeOver(standby.controller)
    for (const sized of BOTH) await move(pkg, sized, 2)
    await allServe(pkg, BOTH, { version: 2 })
    await eventually(() => leads(leader.controller), 0)
    leader.proxy.accept()
    const back = performance.now()
    await eventually(async () => hasFollowed(leader.controller), true, 40)
    await setTimeout(2000)
    assert.deepEqual([await leads(leader.controller), await leads(standby.controller)], [0, 1])
    t.diagnostic(`the standby led after ${seconds.toFixed(1)} s, with a lease of 4 s`)
    t.diagnostic(`the old leader followed ${((performance.now() - back) / 1000 - 2).toFixed(1)} s after it was back`)
    const writes = (await eventsSince(stage, known)).filter(isWrite)
    assert.deepEqual(
      writes.filter(({ user }) => user.username === leader.username),
      [],
    )
    changePlaces(replicas)
  },

  'from its Lease alone: it writes nothing more after the renew deadline': async (replicas, t) => {
    const { stage, leader, standby } = replicas
    const pkg = await builders(stage)
    const known = await countEvents(stage)
    const stop = new AbortController()
    const changing = changeAllTheTime(pkg, stop.signal)
    await setTimeout(1000)
    leader.proxy.inject(({ path }) => (path.startsWith(LEASE) ? 'silence' : undefined))
    await takeOver(standby.controller)
    await setTimeout(1000)
    stop.abort()
    const changes = await changing
    leader.proxy.inject(() => undefined)
    const events = await eventsSince(stage, known)
    const times = (some: readonly AuditEvent[]) => some.map(({ stageTimestamp }) => Date.parse(stageTimestamp))
    const by = (replica: Replica) => events.filter(({ user }) => user.username === replica.username)
    const renewed = Math.max(...times(by(leader).filter(isRenewal)))
    const last = Math.max(...times(by(leader).filter(isWrite)))
    const next = Math.min(...times(by(standby).filter(isWrite)))
    t.diagnostic(`of ${changes} changes the old leader wrote the last ${last - renewed} ms after it last renewed`)
    t.diagnostic(`the new leader wrote its first ${next - renewed} ms after that`)
    assert.ok(last - renewed > 1000, 'it goes on for as long as it may')
    assert.ok(last - renewed < RENEW_MILLISECONDS + SLACK_MILLISECONDS)
    assert.ok(next > last)
    await eventually(async () => hasFollowed(leader.controller), true, 40)
    assert.deepEqual([await leads(leader.controller), await leads(standby.controller)], [0, 1])
    changePlaces(replicas)
  },
}

function changePlaces(replicas: Replicas): void {
  const { leader, standby } = replicas
  replicas.leader = standby
  replicas.standby = leader
}

async function builders(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUpAll(pkg, BOTH)
  return pkg
}

/** Gives their Pods other addresses ten times a second; how often. */
async function changeAllTheTime(pkg: Package, signal: AbortSignal): Promise<number> {
  let changes = 0
  while (!signal.aborted) {
    changes += 1
    for (const sized of BOTH) await move(pkg, sized, 2 + (changes % 250))
    await setTimeout(100)
  }
  return changes
}

async function countEvents({ cluster }: Stage): Promise<number> {
  return (await cluster.auditEvents()).length
}

async function eventsSince({ cluster }: Stage, known: number): Promise<readonly AuditEvent[]> {
  const events = (await cluster.auditEvents()).slice(known)
  return events.filter(({ userAgent }) => userAgent?.startsWith('buildkit-controller/'))
}

function isWrite({ verb, objectRef }: AuditEvent): boolean {
  return (verb === 'patch' || verb === 'delete') && objectRef?.resource !== 'leases'
}

function isRenewal({ verb, objectRef, responseStatus }: AuditEvent): boolean {
  return verb === 'update' && objectRef?.resource === 'leases' && responseStatus?.code === 200
}

function hasFollowed({ log }: ControllerProcess): boolean {
  const texts = log.map(({ msg }) => msg)
  return texts.lastIndexOf('the lease has another holder') > texts.lastIndexOf('stopped leading')
}

suite('a leader that is cut off', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let replicas: Replicas
  let proxy: FaultProxy | undefined
  before(async () => {
    const stage = await startNoisyStage(LEASE_ARGS, { audit: true })
    const username = 'system:serviceaccount:buildkit-controller:buildkit-controller'
    const leader = { controller: stage.controller(), proxy: stage.proxy, username }
    proxy = await startFaultProxy(stage.cluster)
    const kubeconfig = await stage.cluster.kubeconfigFor('admin', proxy.url)
    const controller = await stage.startController(`--kubeconfig=${kubeconfig}`)
    replicas = { stage, leader, standby: { controller, proxy, username: 'admin' } }
    await controller.ready()
    await eventually(() => leads(leader.controller), 1)
  })
  after(async () => {
    await replicas?.stage.stop()
    await proxy?.stop()
  })
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(replicas, t))
})
