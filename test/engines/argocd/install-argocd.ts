import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { eventually } from '../../controller/scenarios/eventually.ts'
import type { Cluster } from '../../servers/cluster.ts'
import { moduleFolder } from '../../tools/module-folder.ts'

export const ARGOCD_MODULE = 'github.com/argoproj/argo-cd/v3'
const CONFIG = join(import.meta.dirname, '../../../config/argocd')

/** Argo CD's CRDs and what its servers read of its namespace, with our health check as users install it. */
export async function installArgoCd({ kubectl, request }: Pick<Cluster, 'kubectl' | 'request'>): Promise<void> {
  const manifests = join(moduleFolder('argocd', ARGOCD_MODULE), 'manifests')
  const run = async (args: readonly string[], input = '') => {
    const { code, stderr } = await kubectl(args, { input })
    assert.equal(code, 0, stderr)
  }
  await run(['apply', '--server-side', '--kustomize', join(manifests, 'crds')])
  for (const kind of ['applications', 'appprojects'])
    await eventually(async () => (await request('GET', `/apis/argoproj.io/v1alpha1/${kind}`)).status, 200)
  const upstream = parse(await readFile(join(manifests, 'base/config/argocd-cm.yaml'), 'utf8'))
  const ours = parse(await readFile(join(CONFIG, 'argocd-cm.yaml'), 'utf8'))
  const configuration = { ...upstream, data: { ...upstream.data, ...ours.data } }
  const objects = [namespace(), inNamespace(configuration), inNamespace(secret()), inNamespace(project())]
  await run(['apply', '--server-side', '--filename=-'], objects.map((object) => JSON.stringify(object)).join('\n---\n'))
}

interface ObjectOfArgoCd {
  readonly metadata: Readonly<Record<string, unknown>>
}

function inNamespace<T extends ObjectOfArgoCd>(object: T): T {
  const labels = { 'app.kubernetes.io/part-of': 'argocd' }
  return { ...object, metadata: { ...object.metadata, namespace: 'argocd', labels } }
}

function namespace() {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } }
}

function secret() {
  const metadata = { name: 'argocd-secret' }
  return { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { 'server.secretkey': 'test' } }
}

function project() {
  const everything = { group: '*', kind: '*' }
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default' },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ namespace: '*', server: '*' }],
      clusterResourceWhitelist: [everything],
    },
  }
}
