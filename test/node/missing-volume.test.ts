import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { eventually } from '../harness/servers/eventually.ts'

const SECRET = 'company-ca'
/** The kubelet waits longer after each try, for at most two minutes. */
const RETRY_SECONDS = 200

test('a builder whose Secret is missing says so by name, and starts when the Secret has every key', {
  skip: needsNode(),
}, async () => {
  const cluster = await startBuilderCluster([])
  const { node } = cluster
  try {
    await cluster.apply(await writePackage(cluster))
    await eventually(async () => (await cluster.columns('shop')).slice(1), ['False', 'PodStarting'], 30)
    await saysWhatIsMissing(cluster)
    await node.kubectl(['create', 'secret', 'generic', SECRET, '--from-literal=other.crt=x'])
    await saysWhatIsMissing(cluster)
    const data = { stringData: { 'ca.crt': 'x' } }
    await node.kubectl(['patch', 'secret', SECRET, '--type=merge', `--patch=${JSON.stringify(data)}`])
    await cluster.readyEndpoint('shop', RETRY_SECONDS)
  } finally {
    await cluster.stop()
  }
})

async function saysWhatIsMissing(cluster: BuilderCluster): Promise<void> {
  await eventually(async () => (await cluster.columns('shop')).slice(1), ['False', 'WaitingForVolumes'], 60)
  const { message } = await cluster.status('shop')
  assert.match(message, new RegExp(`it needs Secret "${SECRET}" \\(ca\\.crt\\); run \`kubectl describe pod shop-`))
}

/** A package with one builder, which mounts a key of a Secret. */
async function writePackage({ node }: BuilderCluster): Promise<string> {
  const path = join(node.folder, 'package')
  await mkdir(path, { recursive: true })
  const meta = (kind: string, name: string) => ({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
  })
  const secret = { secretName: SECRET, items: [{ key: 'ca.crt', path: 'ca.crt' }] }
  const podSpecPatch = {
    containers: [{ name: 'buildkit', volumeMounts: [{ name: 'ca', mountPath: '/ca', readOnly: true }] }],
    volumes: [{ name: 'ca', secret }],
  }
  await writeFile(
    join(path, 'template.yaml'),
    JSON.stringify({ ...meta('BuildkitTemplate', 'small'), spec: { podSpecPatch } }),
  )
  await writeFile(
    join(path, 'buildkit.yaml'),
    JSON.stringify({ ...meta('Buildkit', 'shop'), spec: { template: 'small' } }),
  )
  return path
}
