import assert from 'node:assert/strict'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'

export const MIRROR = 'mirror.test/'
export const PROXY = `${MIRROR}proxy:v1`
const POLICIES = '/apis/admissionregistration.k8s.io/v1'
const CONTAINERS = `object.spec.containers.map(c, Object.spec.containers{
  name: c.name, image: c.image.startsWith("${MIRROR}") ? c.image : "${MIRROR}" + c.image})`
const SIDECAR = `Object.spec.containers{name: "proxy", image: "${PROXY}"}`

/**
 * From now on every Pod that is created in a namespace, or written at all with UPDATE among the operations, gets the images of a mirror,
 * and a sidecar when it is created.
 */
export async function mutatePods(
  { request }: Pick<Cluster, 'request'>,
  namespace: string,
  operations: readonly ('CREATE' | 'UPDATE')[],
): Promise<void> {
  const create = async (path: string, body: object) => {
    const answer = await request('POST', `${POLICIES}/${path}`, body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
  }
  const containers = `request.operation == "CREATE" ? ${CONTAINERS} + [${SIDECAR}] : ${CONTAINERS}`
  const expression = `Object{spec: Object.spec{containers: ${containers}}}`
  await create('mutatingadmissionpolicies', {
    metadata: { name: namespace },
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations, resources: ['pods'] }],
      },
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
    },
  })
  await create('mutatingadmissionpolicybindings', { metadata: { name: namespace }, spec: { policyName: namespace } })
  // A policy is in force some time after it was accepted; a creation that is only tried tells when.
  const spec = { containers: [{ name: 'a', image: 'a' }] }
  const pods = `/api/v1/namespaces/${namespace}/pods?dryRun=All`
  const imagesOfTrial = async () => {
    const { body } = await request('POST', pods, { metadata: { name: 'trial' }, spec })
    return body.spec.containers.map(({ image }: { readonly image: string }) => image)
  }
  await eventually(imagesOfTrial, [`${MIRROR}a`, PROXY])
}
