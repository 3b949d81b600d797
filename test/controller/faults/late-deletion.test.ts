import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads, takeOver } from './leads.ts'
import {
  allServe,
  applyNames,
  BOTH,
  bringUpAll,
  ipsOf,
  podsOf,
  podsOfAll,
  rollAll,
  type Shown,
  type Sized,
  showing,
  shown,
} from './sized.ts'

suite('a deletion in flight while its leader is stopped', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, () => {
  let stage: Stage
  let standby: ControllerProcess
  before(async () => {
    stage = await startStage([...LEASE_ARGS, '--handover-grace=3s'])
    await eventually(() => leads(stage.controller()), 1)
  })
  after(() => stage?.stop())

  test('deletes a Pod of each builder that Git has rolled back to, and the endpoints leave those Pods at once', async (t) => {
    const leader = stage.controller()
    standby = await stage.startController(`--kubeconfig=${await stage.cluster.kubeconfigFor('admin')}`)
    await standby.ready()
    const pkg = await stage.createPackage()
    const arrival = Promise.withResolvers<void>()
    const late = new Set<string>()
    stage.proxy.inject(({ method, path }) => {
      if (method !== 'DELETE') return undefined
      late.add(path.split('/').at(-1) ?? '')
      return { until: arrival.promise }
    })
    await bringUpAll(pkg, BOTH)
    await nextSecond()
    await rollAll(pkg, BOTH, 2)
    await eventually(async () => late.size, BOTH.length)
    leader.signal('SIGSTOP')
    for (const sized of BOTH) await applyNames(pkg, sized, 1)
    await takeOver(standby)
    await allServe(pkg, BOTH, { version: 1 })
    const both = [...podsOfAll(BOTH, 1), ...podsOfAll(BOTH, 2)].toSorted()
    assert.deepEqual(await pkg.pods(), both)
    const start = performance.now()
    arrival.resolve()
    for (const sized of BOTH) await eventually(shown(pkg, sized), withoutLate(sized, late), 5)
    t.diagnostic(
      `the endpoints left them ${Math.round(performance.now() - start)} ms after the deletions were let through`,
    )
    assert.deepEqual(
      await pkg.pods(),
      both.map((name) => (late.has(name) ? `(${name})` : name)),
    )
    leader.signal('SIGCONT')
  })
})

/** What is to be seen of a builder of whose first Pods one is being deleted: the one that it superseded serves for it. */
function withoutLate(sized: Sized, late: ReadonlySet<string>): Shown {
  const [firsts, seconds] = [ipsOf(sized, 1), ipsOf(sized, 2)]
  const ips = podsOf(sized, 1).map((name, index) => String((late.has(name) ? seconds : firsts)[index]))
  return { ...showing(ips, 'WaitingForTermination'), readyReplicas: sized.replicas - 1 }
}
