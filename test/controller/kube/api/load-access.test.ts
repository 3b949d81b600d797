import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadAccess, type Whereabouts } from '../../../../controller/kube/api/load-access.ts'
import { kubeconfig, temporaryFolder } from './kubeconfig-stage.ts'

const POD = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }

/** A folder with kubeconfigs `one`, `two` and `.kube/config`, and the ServiceAccount of a Pod; each has its own server. */
async function home(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t)
  await mkdir(join(folder, '.kube'))
  for (const name of ['one', 'two', '.kube/config']) {
    const cluster = { server: `https://${name.replaceAll(/\W/g, '')}.test` }
    await writeFile(join(folder, name), kubeconfig({ name, cluster, user: {}, namespace: 'ns' }))
  }
  for (const name of ['token', 'ca.crt', 'namespace']) await writeFile(join(folder, name), name)
  return folder
}

async function found(folder: string, whereabouts: Partial<Whereabouts>): Promise<unknown> {
  const access = await loadAccess({ env: {}, homeFolder: folder, serviceAccountFolder: folder, ...whereabouts })
  const { server, namespace, description } = access
  return [server.host, namespace, description.replaceAll(`${folder}/`, '')]
}

test('the API server is that of --kubeconfig, of KUBECONFIG, of the Pod, or of the home folder, in this order', async (t) => {
  const folder = await home(t)
  const env = { ...POD, KUBECONFIG: join(folder, 'two') }
  assert.deepEqual(
    [
      await found(folder, { kubeconfig: join(folder, 'one'), env }),
      await found(folder, { env }),
      await found(folder, { env: POD }),
      await found(folder, {}),
      // A context is one of a kubeconfig, also in a Pod.
      await found(folder, { env: POD, context: '.kube/config' }),
    ],
    [
      ['one.test', 'ns', 'context "one" of one'],
      ['two.test', 'ns', 'context "two" of two'],
      ['10.0.0.1', 'namespace', 'the cluster of this Pod'],
      ['kubeconfig.test', 'ns', 'context ".kube/config" of .kube/config'],
      ['kubeconfig.test', 'ns', 'context ".kube/config" of .kube/config'],
    ],
  )
})

test('several files of KUBECONFIG are one: the first that says something counts', async (t) => {
  const folder = await home(t)
  const again = kubeconfig({ name: 'two', cluster: { server: 'https://again.test' }, user: {} })
  await writeFile(join(folder, 'again'), again)
  await writeFile(join(folder, 'no-context'), again.replace(/current-context: .*/, ''))
  const files = (...names: readonly string[]) => ({
    env: { KUBECONFIG: names.map((name) => join(folder, name)).join(delimiter) },
  })
  assert.deepEqual(
    [
      await found(folder, files('one', 'two')),
      await found(folder, { ...files('one', 'two'), context: 'two' }),
      await found(folder, files('two', 'again')),
      await found(folder, files('again', 'two')),
      await found(folder, files('no-context', 'one')),
      await found(folder, files('missing', 'one')),
    ],
    [
      ['one.test', 'ns', 'context "one" of one and two'],
      ['two.test', 'ns', 'context "two" of one and two'],
      ['two.test', 'ns', 'context "two" of two and again'],
      ['again.test', undefined, 'context "two" of again and two'],
      ['one.test', 'ns', 'context "one" of no-context and one'],
      ['one.test', 'ns', 'context "one" of one'],
    ],
  )
})
