import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Configs, type KubernetesObject } from 'kpt-functions'
import { renderBuildkit } from '../../fn/kpt-function.ts'

const METADATA = { namespace: 'ci' }

function sources(): KubernetesObject[] {
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  return [
    { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'small', ...METADATA }, spec: {} },
    { apiVersion, kind: 'Buildkit', metadata: { name: 'a', ...METADATA }, spec: { template: 'small' } },
  ] as unknown as KubernetesObject[]
}

function podNames(configs: Configs): string[] {
  return configs.getAll().flatMap(({ kind, metadata }) => (kind === 'Pod' ? [metadata.name] : []))
}

function podNameField(configs: Configs): unknown {
  const buildkit = configs.getAll().find(({ kind }) => kind === 'Buildkit') as unknown as { spec: { podName?: string } }
  return buildkit.spec.podName
}

test('a KptFunc inserts the Pod of each Buildkit and names it in the Buildkit', async () => {
  const configs = new Configs(sources())
  await renderBuildkit(configs)
  const [name] = podNames(configs)
  assert.match(name ?? '', /^a-[bcdfghjklmnpqrstvwxz2456789]{10}$/)
  assert.deepEqual([podNames(configs).length, podNameField(configs), configs.getResults()], [1, name, []])
})

test('a KptFunc run twice changes nothing', async () => {
  const configs = new Configs(sources())
  await renderBuildkit(configs)
  const once = structuredClone(configs.getAll())
  await renderBuildkit(configs)
  assert.deepEqual(configs.getAll(), once)
})

test('a KptFunc in mode clean takes the Pods and every podName out again', async () => {
  const configs = new Configs(sources())
  await renderBuildkit(configs)
  const functionConfig = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { mode: 'clean' } }
  const cleaned = new Configs(configs.getAll(), functionConfig as KubernetesObject)
  await renderBuildkit(cleaned)
  assert.deepEqual([podNames(cleaned), podNameField(cleaned)], [[], undefined])
})

test('a KptFunc with a mistake in its input adds the result and changes nothing', async () => {
  const [template, buildkit] = sources() as [KubernetesObject, KubernetesObject & { spec: { template: string } }]
  buildkit.spec.template = 'smal'
  const configs = new Configs([template, buildkit])
  const before = structuredClone(configs.getAll())
  await renderBuildkit(configs)
  assert.deepEqual(configs.getAll(), before)
  assert.deepEqual(configs.getResults(), [
    {
      message: 'must name a BuildkitTemplate in namespace "ci", got "smal"; did you mean "small"?',
      severity: 'error',
      resourceRef: { apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'Buildkit', name: 'a', namespace: 'ci' },
      field: { path: 'spec.template', currentValue: 'smal', proposedValue: 'small' },
    },
  ])
})

test('a KptFunc keeps what others have added to an object that it writes again', async () => {
  const [template, buildkit] = sources() as [KubernetesObject & { spec: object }, KubernetesObject]
  template.spec = { service: {} }
  const configs = new Configs([template, buildkit])
  await renderBuildkit(configs)
  const service = () => configs.getAll().find(({ kind }) => kind === 'Service') as KubernetesObject & { spec: object }
  const [labels, annotations] = [{ team: 'a' }, { 'argocd.argoproj.io/tracking-id': 'x' }]
  service().metadata = { ...service().metadata, labels: { ...service().metadata.labels, ...labels }, annotations }
  const before = structuredClone(service())
  Object.assign(service().spec, { type: 'NodePort' })
  await renderBuildkit(configs)
  assert.deepEqual(service(), before)
})
