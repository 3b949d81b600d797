import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadAccess, type Whereabouts } from '../../../../controller/kube/api/load-access.ts'
import { runProgram } from '../../../harness/servers/run-program.ts'
import { kubeconfig, temporaryFolder } from './kubeconfig-stage.ts'

const NOT_FOUND = 'ENOENT: no such file or directory, open'
const nowhere: readonly (readonly [name: string, asked: Partial<Whereabouts>, message: string])[] = [
  [
    'no cluster at all',
    {},
    'must know a cluster: pass --kubeconfig FILE, set KUBECONFIG or run in a Pod; there is no /nowhere/.kube/config',
  ],
  [
    'a kubeconfig that is not there',
    { kubeconfig: '/nowhere/config' },
    `a kubeconfig must be a file that can be read, got ${NOT_FOUND} '/nowhere/config'`,
  ],
  [
    'files of KUBECONFIG of which none is there',
    { env: { KUBECONFIG: '/nowhere/a:/nowhere/b' } },
    `a kubeconfig must be a file that can be read, got ${NOT_FOUND} '/nowhere/a'`,
  ],
]
for (const [name, asked, message] of nowhere) {
  test(`${name}: ${message}`, async () => {
    const access = loadAccess({ env: {}, homeFolder: '/nowhere', ...asked })
    await assert.rejects(access, { name: 'AccessError', message })
  })
}

const CLUSTER = { server: 'https://one.test' }
const contexts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, context: { cluster: 'one', user: 'one' } }))
const clusters = [{ name: 'one', cluster: CLUSTER }]
const current = { 'current-context': 'c0' }

/** What stands in a kubeconfig FILE, which context is asked for, and what is wrong. */
const mistakes: readonly (readonly [config: unknown, context: string | undefined, message: string])[] = [
  [{ contexts: contexts(2) }, 'c7', '--context must be one of "c0", "c1" in FILE, got "c7"'],
  [{ contexts: contexts(9) }, 'dev', '--context must be one of its 9 contexts in FILE, got "dev"'],
  [
    { contexts: contexts(2) },
    undefined,
    'the current-context must be one of "c0", "c1" in FILE, got none; pass --context',
  ],
  [{}, undefined, 'FILE must have contexts, got none'],
  [{ contexts: contexts(1), ...current }, undefined, 'FILE must have clusters, got none'],
  [
    { contexts: contexts(1), clusters: [{ name: 'two', cluster: CLUSTER }], ...current },
    undefined,
    'the cluster of context "c0" must be one of "two" in FILE, got "one"',
  ],
  [{ contexts: contexts(1), clusters, ...current }, undefined, 'FILE must have users, got none'],
  [
    { contexts: contexts(1), clusters, users: [{ name: 'two', user: {} }], ...current },
    undefined,
    'the user of context "c0" must be one of "two" in FILE, got "one"',
  ],
  [
    { contexts: [{ name: 'c0', context: {} }], ...current },
    undefined,
    'FILE must be a kubeconfig, got one with a mistake: contexts[0].context.cluster is missing',
  ],
  [
    kubeconfig({ name: 'one', cluster: { server: 'one.test:6443' } }),
    undefined,
    'the server of cluster "one" in FILE must begin with https://, got "one.test:6443"',
  ],
  [
    kubeconfig({ name: 'one', cluster: { ...CLUSTER, 'proxy-url': 'socks5://127.0.0.1:1' } }),
    undefined,
    '`proxy-url` must begin with http:// or https://, got "socks5://127.0.0.1:1"',
  ],
  ['a: b: c', undefined, 'FILE must be a kubeconfig, got one with a mistake: bad indentation of a mapping entry (1:5)'],
  ['', undefined, 'FILE must be a kubeconfig, got one with a mistake: expected a document, but the input is empty'],
]
for (const [config, context, message] of mistakes) {
  test(message, async (t) => {
    const file = join(await temporaryFolder(t), 'config')
    await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config))
    const access = loadAccess({ kubeconfig: file, context, env: {}, homeFolder: '/nowhere' })
    await assert.rejects(access, { name: 'AccessError', message: message.replaceAll('FILE', file) })
  })
}

const LOADER = import.meta.resolve('../../../../controller/kube/api/load-access.ts')
/** Loads an Access where @kubernetes/client-node cannot be imported, as with a Node that is too old for it. */
const WITHOUT_CLIENT_NODE = `
  const { registerHooks } = await import('node:module')
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === '@kubernetes/client-node') throw new Error('no such export\\nin undici')
      return next(specifier, context)
    },
  })
  const { loadAccess } = await import(${JSON.stringify(LOADER)})
  const asked = JSON.parse(process.argv[1])
  console.log(await loadAccess({ env: {}, homeFolder: '/nowhere', ...asked }).then((access) => access.server.href, String))`

test('a Node that is too old to read a kubeconfig is told so', async (t) => {
  const file = join(await temporaryFolder(t), 'config')
  await writeFile(file, kubeconfig({ cluster: CLUSTER }))
  assert.equal(
    await withoutClientNode({ kubeconfig: file }),
    'AccessError: a kubeconfig needs Node 22.19 or newer, and @kubernetes/client-node beside us: no such export\n',
  )
})

test('a Pod does without @kubernetes/client-node', async (t) => {
  const serviceAccountFolder = await temporaryFolder(t)
  for (const name of ['token', 'ca.crt']) await writeFile(join(serviceAccountFolder, name), name)
  const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
  assert.equal(await withoutClientNode({ env, serviceAccountFolder }), 'https://10.0.0.1/\n')
})

async function withoutClientNode(asked: Partial<Whereabouts>): Promise<string> {
  const args = ['--input-type=module', '--eval', WITHOUT_CLIENT_NODE, JSON.stringify(asked)]
  const { stdout, stderr } = await runProgram(process.execPath, args)
  return stdout + stderr
}
