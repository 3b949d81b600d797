import { API_VERSION, BUILDKIT_LABEL, hashedName, hashOf } from '../../crds/names.ts'
import type { Cluster } from './stage.ts'

const NAMESPACE = 'default'
const BUILDKITS = `/apis/${API_VERSION}/namespaces/${NAMESPACE}/buildkits`
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`
const AT_ONCE = 32

/** Does something for each of `count` builders, many at once. */
export async function forEachBuilder(count: number, act: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let index = next++; index < count; index = next++) await act(index)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

export function buildkitName(index: number): string {
  return `builder-${index}`
}

function podName(index: number): string {
  return hashedName(buildkitName(index), hashOf(String(index)))
}

/** What an engine applies for one builder: the Pod, then the Buildkit. */
export async function applyBuilder({ request }: Cluster, index: number): Promise<void> {
  const name = buildkitName(index)
  const env = Array.from({ length: 30 }, (_, at) => ({ name: `VARIABLE_${at}`, value: 'x'.repeat(60) }))
  const container = { name: 'buildkit', image: 'buildkit', ports: [{ name: 'tcp', containerPort: 1234 }], env }
  const labels = { [BUILDKIT_LABEL]: name }
  await expectSuccess(
    request('POST', PODS, {
      metadata: { name: podName(index), labels },
      spec: { nodeName: 'node', containers: [container] },
    }),
  )
  const spec = { template: 'small', podName: podName(index) }
  await expectSuccess(
    request('POST', BUILDKITS, { apiVersion: API_VERSION, kind: 'Buildkit', metadata: { name }, spec }),
  )
}

/** What a kubelet reports. */
export async function reportPod({ request }: Cluster, index: number, isReady: boolean): Promise<void> {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const ip = podIp(index)
  const container = { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: isReady, started: true }
  const status = {
    phase: 'Running',
    podIP: ip,
    podIPs: [{ ip }],
    conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: time }],
    containerStatuses: [{ ...container, state: { running: { startedAt: time } } }],
  }
  await expectSuccess(request('PATCH', `${PODS}/${podName(index)}/status`, { status }))
}

/** What a controller writes for a ready Pod. */
export async function writeEndpoint({ request }: Cluster, index: number): Promise<void> {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const condition = { observedGeneration: 1, lastTransitionTime, message: `Pod ${podName(index)} is ready.` }
  const status = {
    observedGeneration: 1,
    endpoint: `tcp://${podIp(index)}:1234`,
    conditions: [
      { ...condition, type: 'Ready', status: 'True', reason: 'PodReady' },
      { ...condition, type: 'Reconciling', status: 'False', reason: 'PodReady' },
      { ...condition, type: 'Stalled', status: 'False', reason: 'PodReady' },
    ],
    resourceRefs: [{ group: '', version: 'v1', kind: 'Pod', namespace: NAMESPACE, name: podName(index) }],
  }
  const path = `${BUILDKITS}/${buildkitName(index)}/status`
  await expectSuccess(request('PATCH', path, { status }))
}

function podIp(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
}

async function expectSuccess(answering: ReturnType<Cluster['request']>): Promise<void> {
  const { status, body } = await answering
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
}
