import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { needs } from './binaries.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { runProgram } from './run-program.ts'

suite('a cluster for tests', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  const foreign = Boolean(process.env.KUBEBUILDER_ASSETS) && 'KUBEBUILDER_ASSETS has a version of its own'
  test('is of the version that our tools pin', { skip: foreign }, async () => {
    const goMod = await readFile(join(import.meta.dirname, '../../tools/kube/go.mod'), 'utf8')
    const { body } = await cluster.request('GET', '/version')
    assert.equal(body.gitVersion, /^\tk8s\.io\/kubernetes (\S+)/m.exec(goMod)?.[1])
  })

  test('takes a Namespace from kubectl', async () => {
    const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'builders' } }
    const outcome = await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(manifest) })
    assert.deepEqual(outcome, { code: 0, stdout: 'namespace/builders created\n', stderr: '' })
    const { status } = await cluster.request('GET', '/api/v1/namespaces/builders')
    assert.equal(status, 200)
  })

  test('warns as the server warns', async () => {
    const container = { name: 'a', image: 'a', ports: [{ containerPort: 1 }, { containerPort: 1 }] }
    const pod = { metadata: { name: 'a' }, spec: { containers: [container] } }
    const { status, warnings } = await cluster.request('POST', '/api/v1/namespaces/default/pods?dryRun=All', pod)
    assert.equal(status, 201)
    assert.deepEqual(warnings, [
      'spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]',
    ])
  })
})

suite('a machine without the servers', () => {
  const program = `const { needs } = await import(${JSON.stringify(new URL('binaries.ts', import.meta.url).href)})
    console.log(needs('etcd', 'kpt'), needs())`

  test('skips what needs them, and says why', async () => {
    const outcome = await withoutServers({})
    const reason = 'needs etcd and kpt; `npm run tools` builds etcd; kpt must be on PATH: https://kpt.dev/installation'
    assert.deepEqual(outcome, { code: 0, stdout: `${reason} false\n`, stderr: '' })
  })

  test('fails where it is the one for CI', async () => {
    const { code, stderr } = await withoutServers({ CI: 'true' })
    assert.equal(code, 1)
    assert.match(stderr, /Error: needs etcd and kpt; /)
  })

  function withoutServers(env: Readonly<Record<string, string>>) {
    return runProgram(process.execPath, ['--input-type=module', '--eval', program], {
      env: { PATH: import.meta.dirname, ...env },
    })
  }
})
