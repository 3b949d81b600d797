import { API_VERSION, BUILDKIT_LABEL, hashedName, hashOf, REPLICA_LABEL } from '../../crds/names.ts'
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

/** One Pod of a builder. */
interface Place {
  readonly index: number
  readonly replica: number
}

function podName({ index, replica }: Place): string {
  return hashedName(buildkitName(index), hashOf(replica === 0 ? String(index) : `${index} ${replica}`))
}

/** What an engine applies for one builder: the Pods, then the Buildkit. */
export async function applyBuilder({ request }: Cluster, index: number, replicas = 1): Promise<void> {
  const name = buildkitName(index)
  const podNames = Array.from({ length: replicas }, (_, replica) => podName({ index, replica }))
  const env = Array.from({ length: 30 }, (_, at) => ({ name: `VARIABLE_${at}`, value: 'x'.repeat(60) }))
  const container = { name: 'buildkit', image: 'buildkit', ports: [{ name: 'tcp', containerPort: 1234 }], env }
  for (const [replica, own] of podNames.entries()) {
    const labels = { [BUILDKIT_LABEL]: name, ...(replica > 0 && { [REPLICA_LABEL]: String(replica) }) }
    const pod = { metadata: { name: own, labels }, spec: { nodeName: 'node', containers: [container] } }
    await expectSuccess(request('POST', PODS, pod))
  }
  const spec = { template: 'small', podName: podNames[0], ...(replicas > 1 && { replicas, podNames }) }
  await expectSuccess(
    request('POST', BUILDKITS, { apiVersion: API_VERSION, kind: 'Buildkit', metadata: { name }, spec }),
  )
}

/** What a kubelet reports of the first Pod of a builder. */
export async function reportPod(cluster: Cluster, index: number, isReady: boolean): Promise<void> {
  await reportReplica(cluster, { index, replica: 0 }, isReady)
}

export async function reportReplica({ request }: Cluster, place: Place, isReady: boolean): Promise<void> {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const ip = podIp(place)
  const container = { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: isReady, started: true }
  const status = {
    phase: 'Running',
    podIP: ip,
    podIPs: [{ ip }],
    conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: time }],
    containerStatuses: [{ ...container, state: { running: { startedAt: time } } }],
  }
  await expectSuccess(request('PATCH', `${PODS}/${podName(place)}/status`, { status }))
}

/** What a controller writes for a ready Pod. */
export async function writeEndpoint({ request }: Cluster, index: number): Promise<void> {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const place = { index, replica: 0 }
  const [podNameOfOne, address] = [podName(place), `tcp://${podIp(place)}:1234`]
  const condition = { observedGeneration: 1, lastTransitionTime, message: `Pod ${podNameOfOne} is ready.` }
  const status = {
    observedGeneration: 1,
    endpoint: address,
    endpoints: [{ podName: podNameOfOne, nodeName: 'node', address }],
    readyReplicas: 1,
    conditions: [
      { ...condition, type: 'Ready', status: 'True', reason: 'PodReady' },
      { ...condition, type: 'Reconciling', status: 'False', reason: 'PodReady' },
      { ...condition, type: 'Stalled', status: 'False', reason: 'PodReady' },
    ],
    resourceRefs: [{ group: '', version: 'v1', kind: 'Pod', namespace: NAMESPACE, name: podNameOfOne }],
  }
  const path = `${BUILDKITS}/${buildkitName(index)}/status`
  await expectSuccess(request('PATCH', path, { status }))
}

function podIp({ index, replica }: Place): string {
  return `10.${replica * 64 + ((index >> 16) & 63)}.${(index >> 8) & 255}.${index & 255}`
}

async function expectSuccess(answering: ReturnType<Cluster['request']>): Promise<void> {
  const { status, body } = await answering
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
}
