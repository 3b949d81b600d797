import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Kubelet, startKubelet } from '../harness/engines/kubelet.ts'
import { needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { copyClean } from './first-hour/clean-copy.ts'
import { openTerminal, type Terminal } from './first-hour/terminal.ts'
import { repositoryFiles } from './repository-files.ts'
import { snippetsIn } from './snippets/snippets-in.ts'

/** Commands that do not end, and what they print while they run. */
const LEFT_RUNNING: Readonly<Record<string, string>> = {
  'npx buildkit-controller --kubeconfig ~/.kube/config': '"level":"info"',
}
/** Needs a real node: test/node has such builds. */
const NOT_TYPED = ['docker buildx build --builder shop .']

const readme = String(repositoryFiles('README.md').get('README.md'))
const commands = snippetsIn(readme)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) =>
    text
      .replaceAll(/\\\n\s*/g, ' ')
      .trimEnd()
      .split('\n'),
  )

test('the README has each command that its test knows', () => {
  for (const command of [...Object.keys(LEFT_RUNNING), ...NOT_TYPED]) assert.ok(commands.includes(command), command)
})

suite('the README, typed from top to bottom on a clean clone and a clean cluster', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'helm', 'buildx'),
}, () => {
  let folder: string
  let cluster: Cluster
  let kubelet: Kubelet
  let terminal: Terminal
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'first-hour-'))
    const [home, clone] = [join(folder, 'home'), join(folder, 'clone')]
    await mkdir(home)
    await copyClean(clone)
    cluster = await startCluster()
    kubelet = startKubelet(cluster)
    terminal = await openTerminal(cluster, home, clone)
  })
  after(async () => {
    await terminal?.close()
    await kubelet?.stop()
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  for (const command of commands.filter((each) => !NOT_TYPED.includes(each))) {
    test(command, async () => {
      const running = LEFT_RUNNING[command]
      if (running !== undefined) {
        await terminal.leave(command, running)
        return
      }
      const { code, stdout, stderr } = await terminal.type(command)
      assert.equal(code, 0, stdout + stderr)
    })
  }

  test('ends with a builder that has an endpoint, for a buildx that knows it', async () => {
    const { stdout } = await terminal.type('kubectl get buildkits --all-namespaces && docker buildx ls')
    assert.match(stdout, /builders +privileged +tcp:\/\/10\.1\.0\.1:1234 +True +PodReady/)
    assert.match(stdout, /shop.* remote[\s\S]*tcp:\/\/10\.1\.0\.1:1234/)
  })
})
