import assert from 'node:assert/strict'
import process from 'node:process'
import { after, before, test } from 'node:test'
import { runCommand } from '../../fn/commands/run-command.ts'
import { kustomize, layer, rendered as renderedQuickstart } from '../fn/kustomize-layer.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import type { Cluster } from '../harness/servers/cluster.ts'
import { startController } from '../harness/servers/controller-process.ts'
import { startCrdCluster } from '../harness/servers/crd-cluster.ts'
import { eventually } from '../harness/servers/eventually.ts'
import { runProgram } from '../harness/servers/run-program.ts'

const skip = needs('etcd', 'kube-apiserver', 'kubectl', 'kustomize')
const ALLOWED = '--prune-allowlist=buildkit.seatgeek.io/v1alpha1/Buildkit'

const template = (port: number) =>
  `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata: {name: t, namespace: default}\nspec: {port: ${port}}\n`
const buildkit = (name: string) =>
  `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata: {name: ${name}, namespace: default, labels: {team: platform}}\nspec: {template: t}\n`

/** What `render-buildkit build` prints for these Buildkits. */
async function rendered(port: number, ...buildkits: readonly string[]): Promise<string> {
  const input = [template(port), ...buildkits.map(buildkit)].join('---\n')
  const { stdout, exitCode } = await runCommand(['build', '-'], () => Promise.resolve(Buffer.from(input)))
  assert.equal(exitCode, 0)
  return stdout.join('')
}

/** With our CRDs; undefined where its programs are missing, and every test is skipped. */
let cluster: Cluster
before(async () => {
  if (!skip) cluster = await startCrdCluster()
})
after(() => cluster?.stop())

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

test('a prune of Buildkits alone removes those that left Git, and no Pod: the controller retires Pods', {
  skip,
}, async () => {
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

test('an ApplySet deletes a superseded Pod at once', { skip }, async () => {
  await apply(await rendered(1234, 'a', 'b'), '--prune', '--applyset=builders')
  const first = await names('pods')
  await apply(await rendered(4321, 'a'), '--prune', '--applyset=builders')
  const left = await names('pods')
  assert.deepEqual([first.length, left.length, left.filter((pod) => first.includes(pod))], [2, 1, []])
  await cluster.kubectl(['delete', 'pods,buildkits,buildkittemplates', '--all', '--namespace=default'])
})

for (const [what, configurations, message] of [
  [
    'and the name references',
    'configurations: [name-references.yaml]\n',
    /^Pod "p-\S+" has the label of Buildkit "\S+"; `spec.podName` was copied, or the Pod was renamed/,
  ],
  [
    'alone',
    '',
    /^this Buildkit was renamed after rendering; its `spec.podName` is still "buildkit-arm64-instance-\w+"/,
  ],
] as const) {
  test(`a Buildkit that namePrefix ${what} renamed after rendering says so`, { skip }, async () => {
    const kustomization = `resources: [rendered.yaml]\nnamePrefix: p-\nnamespace: default\n${configurations}`
    const path = layer({ 'rendered.yaml': await renderedQuickstart(), 'kustomization.yaml': kustomization })
    await apply((await kustomize(path)).stdout)
    const controller = await startController([`--kubeconfig=${cluster.kubeconfig}`])
    const ready = '{.status.conditions[?(@.type=="Ready")].reason}'
    const get = async (field: string) =>
      (await cluster.kubectl(['get', 'buildkit', 'p-buildkit-arm64-instance', `--output=jsonpath=${field}`])).stdout
    try {
      await eventually(() => get(ready), 'PodRenamed')
      assert.match(await get(ready.replace('reason', 'message')), message)
      assert.equal(await get('{.status.endpoint}'), '')
    } finally {
      await controller.stop()
      await cluster.kubectl(['delete', 'pods,buildkits,buildkittemplates', '--all', '--namespace=default'])
    }
  })
}
