import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION, GROUP } from '../../crds/names.ts'
import type { Cluster } from '../harness/servers/cluster.ts'
import type { Package } from '../harness/servers/package.ts'
import { operatorsCrds } from './operators-crds.ts'

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations'

/** Installs what the operator's chart does, as far as it concerns others: CRDs, and a webhook behind which nobody listens any more. */
export async function installOperator({ request }: Cluster): Promise<void> {
  for (const definition of operatorsCrds()) {
    assert.equal((await request('POST', `${DEFINITIONS}?fieldValidation=Strict`, definition)).status, 201)
    while ((await request('GET', `/apis/${API_VERSION}/${definition.spec.names.plural}`)).status !== 200)
      await setTimeout(50)
  }
}

/** The operator's webhook, from its chart's labels to the failure policy. */
export async function installWebhook({ request }: Cluster): Promise<void> {
  const webhook = {
    name: 'mbuildkit.kb.io',
    admissionReviewVersions: ['v1'],
    clientConfig: {
      service: { name: 'buildkit-operator-webhook-service', namespace: 'buildkit-system', path: '/validate' },
    },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    rules: [
      { apiGroups: [GROUP], apiVersions: ['v1alpha1'], operations: ['CREATE', 'UPDATE'], resources: ['buildkits'] },
    ],
  }
  const labels = { 'app.kubernetes.io/part-of': 'buildkit-operator' }
  const configuration = {
    metadata: { name: 'buildkit-operator-validating-webhook-configuration', labels },
    webhooks: [webhook],
  }
  assert.equal((await request('POST', WEBHOOKS, configuration)).status, 201)
}

/** What the operator is to make of a template. */
interface Drain {
  readonly preStopScript?: true
}

/** A template, a Buildkit of the same name, and what the operator makes of them; the name of its Pod, which runs and is ready. */
export async function runBuilder(cluster: Cluster, pkg: Package, { name, ip, drain = {} }: Builder): Promise<string> {
  const { request } = cluster
  const ours = `/apis/${API_VERSION}/namespaces/${pkg.namespace}`
  const created = async (path: string, object: object) => {
    const { status, body } = await request('POST', path, object)
    assert.equal(status, 201, JSON.stringify(body))
    return body
  }
  const spec = { lifecycle: drain }
  await created(`${ours}/buildkittemplates`, {
    apiVersion: API_VERSION,
    kind: 'BuildkitTemplate',
    metadata: { name },
    spec,
  })
  const buildkit = { apiVersion: API_VERSION, kind: 'Buildkit', metadata: { name }, spec: { template: name } }
  const { metadata } = await created(`${ours}/buildkits`, buildkit)
  const pod = await created(`/api/v1/namespaces/${pkg.namespace}/pods`, podOf(name, metadata.uid, drain))
  await pkg.runPod(pod.metadata.name, ip)
  const written = { status: statusOf(pod.metadata, `tcp://${ip}:1234`) }
  assert.equal((await request('PATCH', `${ours}/buildkits/${name}/status`, written)).status, 200)
  return pod.metadata.name
}

interface Builder {
  readonly name: string
  readonly ip: string
  readonly drain?: Drain
}

/** The operator's Pod, with a node from the start, or the API server would delete it without asking a kubelet. */
function podOf(buildkit: string, uid: string, { preStopScript }: Drain): object {
  const owner = {
    apiVersion: API_VERSION,
    kind: 'Buildkit',
    name: buildkit,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  }
  const exec = { command: ['/bin/sh', '/usr/local/bin/buildkit-prestop.sh'] }
  const container = {
    name: 'buildkit',
    image: 'moby/buildkit:latest',
    args: ['--addr', 'unix:///run/buildkit/buildkitd.sock', '--addr', 'tcp://0.0.0.0:1234'],
    ports: [{ name: 'tcp', containerPort: 1234, protocol: 'TCP' }],
    securityContext: { privileged: true },
    ...(preStopScript && { lifecycle: { preStop: { exec } } }),
  }
  return {
    metadata: {
      generateName: `${buildkit}-`,
      labels: { 'app.kubernetes.io/name': 'buildkit', 'infrared.reddit.com/managed-by': 'Buildkit' },
      ownerReferences: [owner],
    },
    spec: { nodeName: 'node', terminationGracePeriodSeconds: 900, containers: [container] },
  }
}

function statusOf(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  endpoint: string,
): object {
  const condition = { status: 'True', lastTransitionTime: '2026-04-20T09:00:09Z', observedGeneration: 1 }
  return {
    conditions: [
      { ...condition, type: 'Deployed', reason: 'Available' },
      { ...condition, type: 'Ready', reason: 'ConditionsSuccessful', message: 'All conditions successful.' },
    ],
    resourceRefs: [{ group: '', version: 'v1', kind: 'Pod', name, namespace }],
    endpoint,
  }
}
