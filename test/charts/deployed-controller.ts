import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import type { Cluster } from '../harness/servers/cluster.ts'
import { type ControllerProcess, startController } from '../harness/servers/controller-process.ts'
import { eventually } from '../harness/servers/eventually.ts'
import { RELEASE } from './helm.ts'

const DEPLOYMENT = `/apis/apps/v1/namespaces/${RELEASE}/deployments/${RELEASE}`
const LEASE = `/apis/coordination.k8s.io/v1/namespaces/${RELEASE}/leases/${RELEASE}`

/**
 * What a kubelet would do with the Deployment's only container, as the Pod of this name: from before it leads until after it has
 * released the Lease. Its servers listen on loopback, and it is from source.
 */
export async function runDeployed(cluster: Cluster, pod: string, work: () => Promise<void>): Promise<void> {
  const { body } = await cluster.request('GET', DEPLOYMENT)
  const [container] = body.spec.template.spec.containers
  const env = { KUBECONFIG: await kubeconfigOfPod(cluster), ...environmentOf(container, pod) }
  const controller = await startController(container.args, { env })
  try {
    await controller.ready()
    await eventually(async () => (await holder(cluster)).split('_')[0], pod)
    await work()
    await assertStops(cluster, controller)
  } finally {
    await controller.stop()
  }
}

interface Container {
  readonly env: readonly {
    readonly name: string
    readonly value?: string
    readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } }
  }[]
}

function environmentOf({ env }: Container, pod: string): Readonly<Record<string, string>> {
  const fields: Readonly<Record<string, string>> = { 'metadata.name': pod }
  return Object.fromEntries(
    env.map(({ name, value, valueFrom }) => [name, value ?? fields[valueFrom?.fieldRef.fieldPath ?? ''] ?? '']),
  )
}

/** As the controller's ServiceAccount, in the namespace of its Pod. */
async function kubeconfigOfPod(cluster: Cluster): Promise<string> {
  const path = await cluster.kubeconfigFor('controller')
  const kubeconfig = JSON.parse(await readFile(path, 'utf8'))
  kubeconfig.contexts[0].context.namespace = RELEASE
  await writeFile(path, JSON.stringify(kubeconfig))
  return path
}

async function holder({ request }: Cluster): Promise<string> {
  const { body } = await request('GET', LEASE)
  return body.spec?.holderIdentity ?? ''
}

/** It releases the Lease, and has been refused nothing. */
async function assertStops(cluster: Cluster, controller: ControllerProcess): Promise<void> {
  controller.signal('SIGTERM')
  assert.equal(await controller.ended, 0)
  assert.equal(await holder(cluster), '')
  const events = await cluster.auditEvents()
  const ours = events.filter(({ userAgent }) => userAgent?.startsWith('buildkit-controller/'))
  assert.notDeepEqual(ours, [])
  assert.deepEqual(
    ours.filter(({ responseStatus }) => responseStatus?.code === 403),
    [],
  )
}
