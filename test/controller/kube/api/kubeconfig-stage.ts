import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { TestContext } from 'node:test'
import { stringify } from 'yaml'
import { type ApiClient, createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { loadAccess, type Whereabouts } from '../../../../controller/kube/api/load-access.ts'

/** An empty folder, gone after the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

/** One cluster, one user and one context, all named `name`. */
export interface Entries {
  readonly name?: string
  readonly cluster: object
  readonly user?: object
  readonly namespace?: string
}

export function kubeconfig({ name = 'test', cluster, user, namespace }: Entries): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    ...(user && { users: [{ name, user }] }),
    contexts: [{ name, context: { cluster: name, ...(user && { user: name }), ...(namespace && { namespace }) } }],
    'current-context': name,
  })
}

export async function writeKubeconfig(t: TestContext, entries: Entries): Promise<string> {
  const file = join(await temporaryFolder(t), 'config')
  await writeFile(file, kubeconfig(entries))
  return file
}

/** A program of Node that is run as `plugin` in `folder`. */
export async function writePlugin(folder: string, program: string): Promise<void> {
  const file = join(folder, 'plugin')
  await writeFile(file, `#!${process.execPath}\n${program}`)
  await chmod(file, 0o755)
}

/** A client as the program makes it, closed after the test. */
export async function clientFor(t: TestContext, whereabouts: Partial<Whereabouts>): Promise<ApiClient> {
  const access = await loadAccess({ env: {}, homeFolder: '/nowhere', ...whereabouts })
  const client = createApiClient(access, { userAgent: 'test/1' })
  t.after(() => client.close())
  return client
}
