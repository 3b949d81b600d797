import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { parseAllDocuments, stringify } from 'yaml'
import { createMonitoringCrds } from '../charts/monitoring-crds.ts'
import { built } from '../examples/built.ts'
import { exampleNames, packagePath } from '../examples/example-names.ts'
import { needs } from '../harness/servers/binaries.ts'
import { certManagerCrds } from '../harness/servers/cert-manager-crds.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { assertUnchangedWhenAppliedAgain } from './assert-unchanged-when-applied-again.ts'
import { differences } from './differences.ts'
import { type RenderedPod, serverDefaultsOf, withoutBookkeeping } from './server-defaults.ts'

interface Manifest extends RenderedPod {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace: string }
}

const definitions = globSync(join(import.meta.dirname, '../../crds/generated/*.yaml'))

/** What kustomize and rendering make of examples/kustomize. */
const layers = globSync(join(import.meta.dirname, '../golden/kustomize/*.yaml'))

suite('what we render, on an API server', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
    await createMonitoringCrds(cluster)
    await applyDefinitions(cluster)
  })
  after(() => cluster.stop())

  for (const name of exampleNames) {
    test(`examples/${name} is accepted without a warning`, async () => {
      const { manifests } = await built(packagePath(name))
      await applySurroundings(cluster, manifests)
      const args = ['apply', '--dry-run=server', '--validate=strict', '-f', '-']
      const { code, stderr } = await cluster.kubectl(args, { input: manifests })
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    })

    test(`examples/${name} is unchanged when it is applied again`, async () => {
      const { manifests } = await built(packagePath(name))
      await applySurroundings(cluster, manifests)
      await assertUnchangedWhenAppliedAgain(cluster, manifests)
      await cluster.kubectl(['delete', 'pods', '--all', '--all-namespaces', '--force', '--grace-period=0'])
    })

    test(`a Pod of examples/${name} differs from what we rendered by nothing but defaults of the server`, async () => {
      const { manifests } = await built(packagePath(name))
      await applySurroundings(cluster, manifests)
      for (const pod of parsed(manifests).filter(({ kind }) => kind === 'Pod')) {
        const pods = `/api/v1/namespaces/${pod.metadata.namespace}/pods`
        const { status, warnings } = await cluster.request('POST', `${pods}?fieldValidation=Strict`, pod)
        assert.deepEqual({ status, warnings }, { status: 201, warnings: [] })
        const { body } = await cluster.request('GET', `${pods}/${pod.metadata.name}`)
        // Other examples have the same builder: the same name, for it has the same content.
        await cluster.request('DELETE', `${pods}/${pod.metadata.name}`, { gracePeriodSeconds: 0 })
        assert.deepEqual(withoutBookkeeping(differences(pod, body)), serverDefaultsOf(pod))
      }
    })
  }

  for (const path of layers) {
    test(`examples/kustomize is unchanged when it is applied again: ${basename(path)}`, async () => {
      const manifests = readFileSync(path, 'utf8')
      await applySurroundings(cluster, manifests)
      await assertUnchangedWhenAppliedAgain(cluster, manifests)
    })
  }
})

/** Our kinds, and those of cert-manager. */
async function applyDefinitions({ kubectl }: Cluster): Promise<void> {
  const files = [...definitions, ...certManagerCrds()].flatMap((path) => ['-f', path])
  const { code, stderr } = await kubectl(['apply', '--server-side', '--validate=strict', ...files])
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
  await kubectl(['wait', '--for=condition=Established', ...files])
}

/** Namespaces and what else a Pod refers to must be there before it. */
async function applySurroundings({ kubectl }: Cluster, manifests: string): Promise<void> {
  const all = parsed(manifests)
  const names = new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []))
  const namespaces = [...names].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
  const classes = all.flatMap(({ spec }) => {
    const { runtimeClassName: name } = (spec ?? {}) as { readonly runtimeClassName?: string }
    return name === undefined
      ? []
      : [{ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name }, handler: name }]
  })
  const others = all.filter(({ apiVersion, kind }) => kind !== 'Pod' && !apiVersion.startsWith('buildkit.seatgeek.io/'))
  const input = [...namespaces, ...classes, ...others].map((manifest) => stringify(manifest)).join('---\n')
  const { code, stderr } = await kubectl(['apply', '-f', '-'], { input })
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
}

function parsed(manifests: string): readonly Manifest[] {
  return parseAllDocuments(manifests).map((document) => document.toJS())
}
