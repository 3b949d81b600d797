import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../harness/servers/binaries.ts'
import { eventually } from '../harness/servers/eventually.ts'
import { columns } from '../harness/servers/package.ts'
import { type Rehearsal, startRehearsal } from './rehearsal.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const HANDOVER_MILLISECONDS = 2000
const WEBHOOKS = 'validatingwebhookconfigurations,mutatingwebhookconfigurations'

/** docs/migrate.md from beginning to end: each step is on what the steps before it have left. */
const steps: Readonly<Record<string, (rehearsal: Rehearsal) => Promise<void>>> = {
  'what kubectl gets becomes a package and a script': async (rehearsal) => {
    const {
      migrate,
      ci,
      pods: { shop, web },
    } = rehearsal
    specs.push(await readSpecs(rehearsal))
    const script = await migrate()
    assert.deepEqual(script.filter((line) => line.includes(ci.namespace)).sort(), [
      `# kubectl delete --namespace ${ci.namespace} pods -- ${web}`,
      `kubectl annotate --namespace ${ci.namespace} pods -- ${web} buildkit.seatgeek.io/retirement=engine`,
      `kubectl label --namespace ${ci.namespace} pods -- ${shop} buildkit.seatgeek.io/buildkit=shop`,
      `kubectl label --namespace ${ci.namespace} pods -- ${web} buildkit.seatgeek.io/buildkit=web`,
    ])
    for (const line of script.filter((each) => each.startsWith('kubectl') && each.includes(ci.namespace)))
      labels.push(line)
  },

  'the operator’s CRDs refuse a rendered Buildkit': async ({ cluster, rendered, ci }) => {
    const { code, stderr } = await cluster.kubectl(['apply', '-f', '-'], { input: await rendered(ci) })
    assert.equal(code, 1)
    assert.match(stderr, /unknown field "spec\.podName"/)
  },

  'our CRDs take their place, and every Buildkit keeps its status': async ({ kubectl, ci, apps }) => {
    await kubectl(['apply', '--server-side', '--force-conflicts', '-f', join(REPOSITORY, 'crds/generated')])
    await kubectl(['apply', '-k', join(REPOSITORY, 'config/controller')])
    await eventually(columns(ci, 'shop'), ['tcp://10.0.0.1:1234', 'True', 'ConditionsSuccessful'])
    await eventually(columns(apps, 'pay'), ['tcp://10.0.0.3:1234', 'True', 'ConditionsSuccessful'])
  },

  'the operator’s webhooks refuse everything while nobody listens, and have to go': async (rehearsal) => {
    const { cluster, rendered, kubectl, apps } = rehearsal
    const { code, stderr } = await cluster.kubectl(['apply', '-f', '-'], { input: await rendered(apps) })
    assert.equal(code, 1)
    assert.match(stderr, /failed calling webhook "mbuildkit\.kb\.io"/)
    await kubectl(['delete', WEBHOOKS, '-l', 'app.kubernetes.io/part-of=buildkit-operator'])
  },

  'where the old Pods get no label, the new ones are made ready first': async (rehearsal) => {
    const { kubectl, rendered, runCurrent, apps } = rehearsal
    await kubectl(['apply', '-f', '-'], await rendered(apps))
    await runCurrent(apps, 'pay', '10.0.1.3')
    await eventually(columns(apps, 'pay'), ['tcp://10.0.0.3:1234', 'True', 'ConditionsSuccessful'])
  },

  'where they get it, every endpoint stays when the controller starts': async (rehearsal) => {
    const { kubectl, startController, ci, apps } = rehearsal
    for (const line of labels) await kubectl(line.split(' ').slice(1))
    await startController(`--handover-grace=${HANDOVER_MILLISECONDS / 1000}s`)
    await eventually(columns(ci, 'shop'), ['tcp://10.0.0.1:1234', 'False', 'NotRendered'])
    await eventually(columns(ci, 'web'), ['tcp://10.0.0.2:1234', 'False', 'NotRendered'])
    await eventually(columns(apps, 'pay'), ['tcp://10.0.1.3:1234', 'True', 'PodReady'])
  },

  'the old Pods serve until the new ones are ready': async (rehearsal) => {
    const { kubectl, rendered, currentPod, ci, pods } = rehearsal
    await kubectl(['apply', '-f', '-'], await rendered(ci))
    await eventually(columns(ci, 'shop'), ['tcp://10.0.0.1:1234', 'False', 'PodStarting'])
    await eventually(columns(ci, 'web'), ['tcp://10.0.0.2:1234', 'False', 'PodStarting'])
    await setTimeout(2 * HANDOVER_MILLISECONDS)
    const all = [pods.shop, pods.web, await currentPod(ci, 'shop'), await currentPod(ci, 'web')]
    assert.deepEqual(await ci.pods(), all.sort())
  },

  'then endpoints move, and of the old Pods only the one goes that drains': async (rehearsal) => {
    const { currentPod, runCurrent, ci, apps, pods } = rehearsal
    await runCurrent(ci, 'shop', '10.0.1.1')
    await runCurrent(ci, 'web', '10.0.1.2')
    await eventually(columns(ci, 'shop'), ['tcp://10.0.1.1:1234', 'True', 'PodReady'])
    await eventually(columns(ci, 'web'), ['tcp://10.0.1.2:1234', 'True', 'PodReady'])
    const all = [`(${pods.shop})`, pods.web, await currentPod(ci, 'shop'), await currentPod(ci, 'web')].sort()
    await eventually(async () => [...(await ci.pods())].sort(), all)
    await setTimeout(2 * HANDOVER_MILLISECONDS)
    assert.deepEqual([...(await ci.pods())].sort(), all)
    assert.deepEqual(await apps.pods(), [pods.pay, await currentPod(apps, 'pay')].sort())
  },

  'all the while no endpoint was empty, and no other Pod was deleted': async ({ cluster, pods }) => {
    const events = await cluster.auditEvents()
    const ours = events.filter(({ userAgent }) => userAgent?.startsWith('buildkit-controller/'))
    const endpoints = (name: string) => {
      const written = ours.filter(({ verb, objectRef }) => verb === 'patch' && objectRef?.name === name)
      return [...new Set(written.map(({ requestObject }) => requestObject.status.endpoint))]
    }
    const deletions = ours.filter(({ verb }) => verb === 'delete').map(({ objectRef }) => objectRef?.name)
    assert.deepEqual(
      { shop: endpoints('shop'), web: endpoints('web'), pay: endpoints('pay'), deletions },
      {
        shop: ['tcp://10.0.0.1:1234', 'tcp://10.0.1.1:1234'],
        web: ['tcp://10.0.0.2:1234', 'tcp://10.0.1.2:1234'],
        pay: ['tcp://10.0.1.3:1234'],
        deletions: [pods.shop],
      },
    )
  },

  'rolled back, the operator has the manifests that it had, and no Pod is gone': async (rehearsal) => {
    const { rollBack, ci, apps } = rehearsal
    const alive = [...(await ci.pods()), ...(await apps.pods())]
    const rolledBack = async () => {
      await rollBack()
      return readSpecs(rehearsal)
    }
    // The API server takes a moment before it serves a CRD as it was changed.
    await eventually(rolledBack, specs[0])
    assert.deepEqual([...(await ci.pods()), ...(await apps.pods())], alive)
    assert.equal((await ci.status('web')).endpoint, 'tcp://10.0.1.2:1234')
  },
}

/** The commands of the script that are run. */
const labels: string[] = []
/** What the operator had. */
const specs: string[] = []

const readSpecs = ({ kubectl }: Rehearsal) =>
  kubectl(['get', 'buildkits,buildkittemplates', '-A', '-o', 'jsonpath={range .items[*]}{.spec}{"\\n"}{end}'])

suite('a migration from the operator', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let rehearsal: Rehearsal
  before(async () => {
    rehearsal = await startRehearsal()
  })
  after(() => rehearsal.stop())
  for (const [sentence, step] of Object.entries(steps)) test(sentence, () => step(rehearsal))
})
