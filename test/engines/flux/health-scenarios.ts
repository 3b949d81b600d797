import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION } from '../../../crds/names.ts'
import {
  APPLIED,
  type Builder,
  FIRST,
  type FluxStage,
  newBuilder,
  READY,
  verdict,
  verdictIs,
} from '../../harness/engines/flux/flux-stage.ts'
import { NO_NODE, startedStatus } from '../../harness/engines/kubelet.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { Scenarios } from './scenarios.ts'

const WAITS_FOR_A_NODE = { ...FIRST, scheduling: { nodeSelector: { [NO_NODE]: 'x' } } }
/** A Pod without a node for longer than 15 seconds has failed for Flux. */
const LONGER_THAN_FLUX_ALLOWS = 17_000

/** An autoscaler has brought a node: the Pod that waited for it starts. */
async function bringNode({ cluster: { request } }: FluxStage, { namespace, look }: Builder): Promise<void> {
  const [name] = (await look()).pods
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`
  const { body: pod } = await request('GET', path)
  await request('POST', `${path}/binding`, { metadata: { name }, target: { kind: 'Node', name: 'node' } })
  await request('PATCH', `${path}/status`, { status: startedStatus(pod, '10.2.0.1') })
}

async function waitsForTheNode(stage: FluxStage, specIn: (namespace: string) => unknown): Promise<void> {
  const builder = await newBuilder(stage, { timeout: '60s' })
  await builder.configure(specIn(builder.namespace))
  await builder.push(await builder.rendered(WAITS_FOR_A_NODE))
  await eventually(async () => (await builder.look()).ready, 'False Unschedulable')
  assert.deepEqual(await verdictsOf(builder), ['Unknown Progressing'])
  await bringNode(stage, builder)
  await eventually(() => verdict(builder), APPLIED)
}

/** All that Flux says of a package in a time that is long enough. */
async function verdictsOf(builder: Builder): Promise<readonly string[]> {
  const verdicts = new Set<string>()
  const deadline = Date.now() + LONGER_THAN_FLUX_ALLOWS
  while (Date.now() < deadline) {
    verdicts.add(await verdict(builder))
    await setTimeout(100)
  }
  return [...verdicts]
}

export const HEALTH: Scenarios = {
  '`wait: true` alone calls a Pod failed that has waited 15 seconds for a node': async (stage) => {
    const builder = await newBuilder(stage, { timeout: '60s', healthCheckExprs: null })
    await builder.push(await builder.rendered(WAITS_FOR_A_NODE))
    await eventually(() => verdict(builder), 'False HealthCheckFailed', 40)
    const { message } = await builder.ready()
    assert.match(message, /Pod\/[^ ]+ status: 'Failed'/)
    await bringNode(stage, builder)
    await eventually(() => verdict(builder), APPLIED)
  },

  'the Kustomization of the example waits for the node, however long that takes': (stage) =>
    waitsForTheNode(stage, () => ({})),

  'so do health checks of Buildkits by name': (stage) =>
    waitsForTheNode(stage, (namespace) => ({
      wait: false,
      healthChecks: [{ apiVersion: API_VERSION, kind: 'Buildkit', name: 'shop', namespace }],
    })),

  'a builder that nothing will make ready fails at once, for it is stalled': async (stage) => {
    const builder = await newBuilder(stage, { timeout: '60s' })
    await builder.push(builder.manifests(FIRST))
    await eventually(async () => (await builder.look()).ready, 'False NotRendered')
    await verdictIs(builder, { verdict: 'False HealthCheckFailed', message: /Buildkit\/[^ ]+ status: 'Failed'/ })
    await builder.push(await builder.rendered(FIRST))
    await eventually(async () => (await builder.look()).ready, READY)
    await eventually(() => verdict(builder), APPLIED)
  },
}
