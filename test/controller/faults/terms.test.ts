import assert from 'node:assert/strict'
import process from 'node:process'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { AuditEvent } from '../../harness/servers/audit-log.ts'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { Package } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { sizedBuilders } from './builders.ts'
import { LEASE, LEASE_ARGS, leads } from './leads.ts'
import { rollAll, type Sized, serves } from './sized.ts'

const BUILDERS = sizedBuilders(6)
const FAULTS = 12
const RENEW_MILLISECONDS = 3000
/** From a request's last byte here until the API server has it. */
const NETWORK_MILLISECONDS = 250

/** A number from 0 to below 1, the same ones for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Every builder gets its next Pods all the time, and the last ones are to be deleted a second later; the version that each has in the end. */
function rollAllTheTime(pkg: Package, signal: AbortSignal): Promise<readonly number[]> {
  const roll = async (sized: Sized) => {
    let version = 0
    while (!signal.aborted) {
      version += 1
      await rollAll(pkg, [sized], version)
      await setTimeout(1100)
    }
    return version
  }
  return Promise.all(BUILDERS.map(roll))
}

/** The leader is stopped for about as long as its lease, or somebody writes another name into the Lease. */
async function strike(stage: Stage, replicas: readonly ControllerProcess[], random: () => number): Promise<string> {
  const leader = await leaderOf(replicas)
  await setTimeout(1000 + random() * 1500)
  if (random() < 1 / 3) {
    await stage.cluster.request('PATCH', LEASE, { spec: { holderIdentity: 'thief' } })
    await eventually(() => leads(leader), 0, 10)
    return 'theft'
  }
  leader.signal('SIGSTOP')
  await setTimeout(2500 + random() * 3500)
  leader.signal('SIGCONT')
  return 'stop'
}

async function leaderOf(replicas: readonly ControllerProcess[]): Promise<ControllerProcess> {
  for (;;) {
    for (const replica of replicas) if ((await leads(replica)) === 1) return replica
    await setTimeout(100)
  }
}

interface Write {
  readonly user: string
  readonly verb: string
  readonly code: number
  readonly received: number
  /** After the last renewal of its sender's Lease. */
  readonly age: number
  /** Whether another replica has taken the Lease since. */
  readonly isOvertaken: boolean
}

/** Every DELETE of a Pod and PATCH of a status, by what the API server had seen of the Lease before. */
function writesIn(events: readonly AuditEvent[]): readonly Write[] {
  const sorted = events
    .map((event) => ({ event, received: Date.parse(event.requestReceivedTimestamp) }))
    .sort((one, other) => one.received - other.received)
  const renewed = new Map<string, number>()
  let holder = ''
  return sorted.flatMap(({ event, received }): readonly Write[] => {
    const { verb, user, objectRef, responseStatus, requestObject } = event
    const { code = 0 } = responseStatus ?? {}
    if (objectRef?.resource === 'leases' && code < 300 && requestObject?.spec?.holderIdentity) {
      holder = user.username
      renewed.set(holder, received)
    }
    if (!(verb === 'delete' || (verb === 'patch' && objectRef?.subresource === 'status'))) return []
    const age = received - (renewed.get(user.username) ?? 0)
    return [{ user: user.username, verb, code, received, age, isOvertaken: holder !== user.username }]
  })
}

suite('a leader that is stopped or loses its Lease at any moment of its work', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, () => {
  let stage: Stage
  let replicas: readonly ControllerProcess[]
  before(async () => {
    stage = await startStage([...LEASE_ARGS, '--handover-grace=500ms'], { audit: true })
    const kubeconfig = await stage.cluster.kubeconfigFor('admin')
    replicas = [stage.controller(), await stage.startController(`--kubeconfig=${kubeconfig}`)]
    await Promise.all(replicas.map((replica) => replica.ready()))
  })
  after(() => stage?.stop())

  test('sends nothing after its term, and never overwrites the next leader', (t) => strikes(t))

  async function strikes(t: TestContext): Promise<void> {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
    const random = randomOf(seed)
    const pkg = await stage.createPackage()
    await leaderOf(replicas)
    const stop = new AbortController()
    const rolling = rollAllTheTime(pkg, stop.signal)
    const faults: string[] = []
    for (let count = 0; count < FAULTS; count++) faults.push(await strike(stage, replicas, random))
    await leaderOf(replicas)
    stop.abort()
    const versions = await rolling
    for (const [at, version] of versions.entries()) await serves(pkg, BUILDERS[at] as Sized, { version })
    const events = (await stage.cluster.auditEvents()).filter(({ userAgent }) =>
      userAgent?.startsWith('buildkit-controller/'),
    )
    const writes = writesIn(events)
    const counted = (verb: string) => writes.filter((write) => write.verb === verb).length
    t.diagnostic(`seed ${seed}: ${faults.join(', ')}; ${counted('delete')} deletions, ${counted('patch')} statuses`)
    t.diagnostic(`the latest was received ${Math.max(...writes.map(({ age }) => age))} ms after a renewal`)
    assert.deepEqual(
      writes.filter(({ age, isOvertaken }) => isOvertaken || age > RENEW_MILLISECONDS + NETWORK_MILLISECONDS),
      [],
    )
    assert.ok(counted('delete') > FAULTS && counted('patch') > FAULTS)
  }
})
