import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import { runCommand } from '../../fn/run-command.ts'
import { binary, needs } from '../servers/binaries.ts'
import { type Cluster, startCluster } from '../servers/cluster.ts'
import { runProgram } from '../servers/run-program.ts'

const definitions = globSync(join(import.meta.dirname, '../../crds/generated/*.yaml'))
const ALLOWED = '--prune-allowlist=buildkit.seatgeek.io/v1alpha1/Buildkit'

const template = (port: number) =>
  `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata: {name: t, namespace: default}\nspec: {port: ${port}}\n`
const buildkit = (name: string) =>
  `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata: {name: ${name}, namespace: default, labels: {team: platform}}\nspec: {template: t}\n`

/** What `render-buildkit build` prints for these Buildkits. */
async function rendered(port: number, ...names: readonly string[]): Promise<string> {
  const input = [template(port), ...names.map(buildkit)].join('---\n')
  const { stdout, exitCode } = await runCommand(['build', '-'], () => Promise.resolve(Buffer.from(input)))
  assert.equal(exitCode, 0)
  return stdout.join('')
}

suite('plain kubectl, as docs/engines/kubectl.md says', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
    await cluster.kubectl(['apply', ...definitions.flatMap((path) => ['-f', path])])
    await cluster.kubectl(['wait', '--for=condition=Established', ...definitions.flatMap((path) => ['-f', path])])
  })
  after(() => cluster.stop())

  const apply = async (input: string, ...flags: readonly string[]) => {
    const env = { ...process.env, KUBECTL_APPLYSET: 'true', KUBECONFIG: cluster.kubeconfig }
    const args = ['apply', '--namespace=default', ...flags, '-f', '-']
    const { code, stdout, stderr } = await runProgram(binary('kubectl'), args, { input, env })
    assert.equal(code, 0, stderr)
    return stdout
  }
  const names = async (kind: string) => {
    const { stdout } = await cluster.kubectl(['get', kind, '--namespace=default', '--output=name'])
    return stdout.split('\n').filter((name) => name !== '')
  }

  test('a prune of Buildkits alone removes those that left Git, and no Pod: the controller retires Pods', async () => {
    await apply(await rendered(1234, 'a', 'b'))
    const pods = await names('pods')
    const next = await rendered(4321, 'a')
    await apply(next)
    assert.match(
      await apply(next, '--prune', '--selector=team=platform', ALLOWED),
      /^buildkit\.buildkit\.seatgeek\.io\/b pruned$/m,
    )
    assert.deepEqual(await names('buildkits'), ['buildkit.buildkit.seatgeek.io/a'])
    const left = await names('pods')
    assert.deepEqual([left.length, pods.filter((pod) => !left.includes(pod))], [3, []])
    await cluster.kubectl(['delete', 'pods,buildkits,buildkittemplates', '--all', '--namespace=default'])
  })

  test('an ApplySet deletes a superseded Pod at once', async () => {
    await apply(await rendered(1234, 'a', 'b'), '--prune', '--applyset=builders')
    const first = await names('pods')
    await apply(await rendered(4321, 'a'), '--prune', '--applyset=builders')
    const left = await names('pods')
    assert.deepEqual([first.length, left.length, left.filter((pod) => first.includes(pod))], [2, 1, []])
  })
})
