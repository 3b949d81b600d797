import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { build } from '../test/harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../test/harness/node/cluster-with-controller.ts'
import { eventually } from '../test/harness/servers/eventually.ts'
import { say, show } from './say.ts'

const QUICKSTART = join(import.meta.dirname, '../examples/quickstart')
const NAME = 'buildkit-arm64-instance'
const NAMESPACE = 'some-ns'

/** examples/quickstart from Git to a build, through a roll during a build, to its end. Rejects where anything is not as it must be. */
export async function onRealNode(): Promise<void> {
  const cluster = await startBuilderCluster(['--handover-grace=5s', '--deletion-quarantine=1s'], NAMESPACE)
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  try {
    await cp(QUICKSTART, folder, { recursive: true })
    await fitOnSmallMachines(folder)
    await tell(cluster, folder)
  } finally {
    await cluster.stop()
    await rm(folder, { recursive: true })
  }
}

async function tell(cluster: BuilderCluster, folder: string): Promise<void> {
  const { node } = cluster
  const look = async (what = 'buildkits,pods') => {
    const args = ['get', what, '--namespace', NAMESPACE]
    show(`kubectl ${args.join(' ')}`, await node.kubectl(args))
  }
  await node.kubectl(['create', 'namespace', NAMESPACE])
  say('The CRDs are there and the controller runs. The package is rendered and applied:')
  show('render-buildkit build examples/quickstart | kubectl apply -f -', '')
  await cluster.apply(folder)
  await look()
  const first = await cluster.readyEndpoint(NAME)
  say('The builder is ready, and its endpoint can be read:')
  await look('buildkits')
  await expectBuild('A real build with a RUN step goes through it.', await build(node, first))

  say('A build of 15 seconds starts, and meanwhile the template changes in Git:')
  const building = build(node, first, 15)
  await setTimeout(2000)
  await changeTemplate(folder)
  await cluster.apply(folder)
  await look()
  await eventually(async () => (await cluster.endpoint(NAME)) !== first, true, 60)
  const second = await cluster.readyEndpoint(NAME)
  say('The new Pod is ready beside the old one, and the endpoint has moved:')
  await look()
  await expectBuild('The next build goes to the new Pod.', await build(node, second))
  await eventually(async () => (await cluster.pods(NAME)).some((pod) => pod.startsWith('(')), true, 60)
  say('The old Pod is being deleted, and waits for its last build:')
  await look()
  await expectBuild('The long build has ended well.', await building)
  await eventually(async () => (await cluster.pods(NAME)).length, 1, 60)
  say('The old Pod is gone:')
  await look()

  say('The Buildkit is deleted:')
  await node.kubectl(['delete', 'buildkit', NAME, '--namespace', NAMESPACE])
  await eventually(() => cluster.pods(NAME), [], 90)
  say('After two looks, half a minute apart, that both found no Buildkit, its Pod is gone as well:')
  await look()
}

async function expectBuild(text: string, { code, seconds, output }: Awaited<ReturnType<typeof build>>): Promise<void> {
  if (code !== 0) throw new Error(`a build failed: ${output}`)
  say(`${text} (${seconds.toFixed(1)} s)`)
}

/** The example asks for 8 GiB, twice while it rolls; a daemon that builds nothing big needs less. */
async function fitOnSmallMachines(folder: string): Promise<void> {
  await editTemplate(folder, (text) => text.replaceAll('8Gi', '1Gi').replaceAll('500m', '100m'))
}

async function changeTemplate(folder: string): Promise<void> {
  await editTemplate(folder, (text) => text.replace('max-parallelism = 3', 'max-parallelism = 4'))
}

async function editTemplate(folder: string, edit: (text: string) => string): Promise<void> {
  const path = join(folder, 'buildkit.yaml')
  const text = await readFile(path, 'utf8')
  const edited = edit(text)
  if (edited === text) throw new Error('the example has changed: this demo must change with it')
  await writeFile(path, edited)
}
