import type { Cluster } from './cluster.ts'
import { eventually } from './eventually.ts'

/** An admission policy denies every deletion of a Pod in that namespace from now on, as Config Sync's webhook does. */
export async function refuseDeletions({ request }: Cluster, namespace: string): Promise<void> {
  const path = '/apis/admissionregistration.k8s.io/v1'
  const operations = { apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['pods'] }
  await request('POST', `${path}/validatingadmissionpolicies`, {
    metadata: { name: namespace },
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [operations],
      },
      validations: [{ expression: 'false', message: 'this Pod is managed from Git' }],
    },
  })
  await request('POST', `${path}/validatingadmissionpolicybindings`, {
    metadata: { name: namespace },
    spec: { policyName: namespace, validationActions: ['Deny'] },
  })
  // A policy is in force some time after it was accepted; a deletion that is only tried tells when.
  const pods = `/api/v1/namespaces/${namespace}/pods`
  const isRefused = async () => {
    const { body } = await request('GET', pods)
    const { status } = await request('DELETE', `${pods}/${body.items[0].metadata.name}?dryRun=All`)
    return status >= 400
  }
  await eventually(isRefused, true)
}
