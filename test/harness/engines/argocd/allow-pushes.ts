import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Cluster } from '../../servers/cluster.ts'

/** Lets Argo CD's source hydrator push to a repository. */
export async function allowPushes({ request }: Pick<Cluster, 'request'>, url: string): Promise<void> {
  for (const type of ['repository', 'repository-write']) {
    const metadata = { name: `${type}-${randomUUID()}`, labels: { 'argocd.argoproj.io/secret-type': type } }
    const body = { metadata, stringData: { url, type: 'git' } }
    const { status } = await request('POST', '/api/v1/namespaces/argocd/secrets', body)
    assert.equal(status, 201)
  }
}
