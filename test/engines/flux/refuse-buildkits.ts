import { API_VERSION, GROUP } from '../../../crds/names.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'

const ADMISSION = '/apis/admissionregistration.k8s.io/v1'
const NOT_ALLOWED = 422

/** From now on changes of the Buildkit `shop` are denied when they are in earnest, not when they are tried; the result ends that. */
export async function refuseBuildkits(
  { request }: Pick<Cluster, 'request'>,
  namespace: string,
): Promise<() => Promise<void>> {
  const [version] = API_VERSION.split('/').slice(1)
  const updates = { apiGroups: [GROUP], apiVersions: [version], operations: ['UPDATE'], resources: ['buildkits'] }
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } }
  await request('POST', `${ADMISSION}/validatingadmissionpolicies`, {
    metadata: { name: namespace },
    spec: {
      matchConstraints: { namespaceSelector, resourceRules: [updates] },
      validations: [{ expression: 'has(request.dryRun) && request.dryRun', message: 'not today' }],
    },
  })
  const bindings = `${ADMISSION}/validatingadmissionpolicybindings`
  const spec = { policyName: namespace, validationActions: ['Deny'] }
  await request('POST', bindings, { metadata: { name: namespace }, spec })
  // A policy is in force, and out of it, some time after it was accepted: a change that changes nothing tells when.
  const path = `/apis/${API_VERSION}/namespaces/${namespace}/buildkits/shop`
  const isRefused = async () => (await request('PATCH', path, { spec: {} })).status === NOT_ALLOWED
  await eventually(isRefused, true)
  return async () => {
    await request('DELETE', `${bindings}/${namespace}`)
    await eventually(isRefused, false)
  }
}
