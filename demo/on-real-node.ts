import { setTimeout } from 'node:timers/promises'
import { build } from '../test/harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../test/harness/node/cluster-with-controller.ts'
import { eventually } from '../test/harness/servers/eventually.ts'
import { createRepository, type Type } from './repository.ts'
import { say } from './say.ts'

const NAME = 'shop'
const NAMESPACE = 'builders'
const RENDER = 'render-buildkit build builders > rendered.yaml'

/** A builder from Git to a build, through a roll during a build, to its end. Rejects where anything is not as it must be. */
export async function onRealNode(): Promise<void> {
  const cluster = await startBuilderCluster(['--handover-grace=5s', '--deletion-quarantine=1s'], NAMESPACE)
  try {
    await cluster.node.kubectl(['create', 'namespace', NAMESPACE])
    const type = await createRepository(cluster.node, NAMESPACE)
    const first = await createBuilder(cluster, type)
    await changeTemplate(cluster, type, first)
    await deleteBuilder(cluster, type)
  } finally {
    await cluster.stop()
  }
}

/** Resolves with the endpoint. */
async function createBuilder(cluster: BuilderCluster, type: Type): Promise<string> {
  say('Git has a template and the builder "shop". You render its Pod and commit it:')
  await type(RENDER)
  await type('git add . && git commit -qm "Add a builder" && git ls-files')
  say('Your engine applies what is in Git:')
  await type('kubectl apply -f rendered.yaml')
  const endpoint = await cluster.readyEndpoint(NAME)
  say('The controller publishes the endpoint when the Pod is ready:')
  await type('kubectl get buildkits')
  await expectBuild('A build with a RUN step succeeds through it.', await build(cluster.node, endpoint))
  return endpoint
}

async function changeTemplate(cluster: BuilderCluster, type: Type, first: string): Promise<void> {
  const { node } = cluster
  say('A build of 20 seconds starts. Meanwhile the template changes in Git:')
  const building = build(node, first, 20)
  await setTimeout(2000)
  await type("sed -i 's/max-parallelism = 3/max-parallelism = 4/' builders/shop.yaml")
  await type(RENDER)
  say('The diff to review shows the change, and the new name of the Pod:')
  await type("git diff --unified=0 rendered.yaml | grep '^[-+] '")
  await type('git commit -qam "Build more at a time" && kubectl apply -f rendered.yaml')
  say('The new Pod starts beside the old one, which still serves:')
  await type('kubectl get buildkits && kubectl get pods')
  await eventually(async () => (await cluster.endpoint(NAME)) !== first, true, 60)
  const second = await cluster.readyEndpoint(NAME)
  say('The new Pod is ready, and the endpoint moves:')
  await type('kubectl get buildkits')
  await expectBuild('The next build goes to the new Pod.', await build(node, second))
  await eventually(async () => (await cluster.pods(NAME)).some((pod) => pod.startsWith('(')), true, 60)
  say('The old Pod is deleted, but waits for its last build:')
  await type('kubectl get pods')
  await expectBuild('The long build has succeeded.', await building)
  await eventually(async () => (await cluster.pods(NAME)).length, 1, 60)
  say('The old Pod is gone:')
  await type('kubectl get pods')
}

async function deleteBuilder(cluster: BuilderCluster, type: Type): Promise<void> {
  say('Somebody deletes the Buildkit:')
  await type(`kubectl delete buildkit ${NAME}`)
  await eventually(() => cluster.pods(NAME), [], 90)
  say('The controller looks twice, half a minute apart, and deletes its Pod:')
  await type('kubectl get pods')
}

async function expectBuild(text: string, { code, seconds, output }: Awaited<ReturnType<typeof build>>): Promise<void> {
  if (code !== 0) throw new Error(`a build failed: ${output}`)
  say(`${text} (${seconds.toFixed(1)} s)`)
}
