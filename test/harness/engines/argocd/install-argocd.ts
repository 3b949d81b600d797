import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { moduleFolder } from '../../../tools/module-folder.ts'
import type { Cluster } from '../../servers/cluster.ts'
import { eventually } from '../../servers/eventually.ts'

export const ARGOCD_MODULE = 'github.com/argoproj/argo-cd/v3'
const CONFIG = join(import.meta.dirname, '../../../../config/argocd')

/** Argo CD's CRDs and what its servers read of its namespace, with our health check as users install it. */
export async function installArgoCd({ kubectl, request }: Pick<Cluster, 'kubectl' | 'request'>): Promise<void> {
  const manifests = join(moduleFolder('argocd', ARGOCD_MODULE), 'manifests')
  const { code, stderr } = await kubectl(['apply', '--server-side', '--kustomize', join(manifests, 'crds')])
  assert.equal(code, 0, stderr)
  const create = async (path: string, { metadata, ...object }: ObjectOfArgoCd) => {
    const labels = { 'app.kubernetes.io/part-of': 'argocd' }
    const body = { ...object, metadata: { ...metadata, labels } }
    // A kind is served some time after its definition was accepted.
    await eventually(async () => (await request('POST', path, body)).status, 201)
  }
  await create('/api/v1/namespaces', { metadata: { name: 'argocd' } })
  const upstream = parse(await readFile(join(manifests, 'base/config/argocd-cm.yaml'), 'utf8'))
  const ours = parse(await readFile(join(CONFIG, 'argocd-cm.yaml'), 'utf8'))
  const data = { ...upstream.data, ...ours.data }
  await create('/api/v1/namespaces/argocd/configmaps', { metadata: { name: 'argocd-cm' }, data })
  const stringData = { 'server.secretkey': 'test' }
  await create('/api/v1/namespaces/argocd/secrets', { metadata: { name: 'argocd-secret' }, stringData })
  await create('/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects', project())
}

interface ObjectOfArgoCd {
  readonly metadata: { readonly name: string }
  readonly [field: string]: unknown
}

/** It allows everything. */
function project(): ObjectOfArgoCd {
  const destinations = [{ namespace: '*', server: '*' }]
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default' },
    spec: { sourceRepos: ['*'], destinations, clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
  }
}
