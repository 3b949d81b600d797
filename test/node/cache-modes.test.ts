import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Built, buildOf, writePackage } from '../harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { addLocalVolumes } from '../harness/node/local-volumes.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { succeed } from '../harness/node/succeed.ts'
import { eventually } from '../harness/servers/eventually.ts'

type CacheIn = (folder: string) => object

const ROOTLESS = { rootless: true }
const claim: CacheIn = () => ({ claim: { size: '10Gi', storageClassName: 'local' } })
const ephemeral: CacheIn = () => ({ ephemeral: { size: '10Gi', storageClassName: 'local' } })
const hostPath: CacheIn = (folder) => ({ hostPath: { path: join(folder, 'cache') } })
const BUILDERS = [
  ['privileged', {}, 'claim', claim],
  ['rootless', ROOTLESS, 'claim', claim],
  ['rootless', ROOTLESS, 'ephemeral', ephemeral],
  ['rootless', ROOTLESS, 'hostPath', hostPath],
  ['user-namespace', { hostUsers: false }, 'claim', claim],
] as const

/** Nobody has to wait for a drain here. */
const QUICK = { lifecycle: { preStopScript: false } }

/** What an image has: mode, owner and path of each file, of one that its build made as another user among them. */
const FILES = [
  'drwxr-xr-x 0/0 bin/',
  '-rwxr-xr-x 0/0 bin/busybox',
  'drwxr-xr-x 0/0 dev/',
  'drwxrwxrwt 0/0 made/',
  'drwxr-xr-x 7/8 made/by-others/',
  '-rw-r--r-- 7/8 made/by-others/file',
  'drwxr-xr-x 0/0 proc/',
  'drwxr-xr-x 0/0 sys/',
]
const STEPS = `RUN ["/bin/busybox", "sh", "-c", "busybox mkdir /made; busybox chmod 1777 /made"]
USER 7:8
RUN ["/bin/busybox", "sh", "-c", "busybox mkdir /made/by-others; busybox touch /made/by-others/file"]`

/** Builds an image, and looks into it. */
async function filesOf({ node }: BuilderCluster, endpoint: string): Promise<Built & { readonly files: string[] }> {
  const image = join(node.folder, `${endpoint.replaceAll(/\D/g, '')}.tar`)
  const built = await buildOf(node, endpoint, { steps: STEPS, flags: [`--output=type=tar,dest=${image}`] })
  assert.equal(built.code, 0, built.output)
  const listed = (await succeed('tar', ['-tvnf', image])).trim().split('\n')
  return { ...built, files: listed.map((line) => line.replace(/^(\S+) (\S+) .* (\S+)$/, '$1 $2 $3')) }
}

async function moved(cluster: BuilderCluster, name: string, endpoint: string): Promise<string> {
  await eventually(async () => ['', endpoint].includes(await cluster.endpoint(name)), false, 60)
  return cluster.endpoint(name)
}

suite('images have the same owners and modes', { skip: needsNode() }, () => {
  let cluster: BuilderCluster
  before(async () => {
    cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'])
    const volumes = (accessMode: 'ReadWriteOnce' | 'ReadWriteOncePod', count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `${accessMode}-${index}`.toLowerCase(), accessMode }))
    await addLocalVolumes(cluster.node, [...volumes('ReadWriteOncePod', 5), ...volumes('ReadWriteOnce', 2)])
  })
  after(() => cluster?.stop())

  suite('from a builder that is', { concurrency: true }, () => {
    for (const [mode, template, kind, cacheIn] of BUILDERS)
      test(`${mode} with its cache in ${kind}, also after a roll`, async () => {
        const { node } = cluster
        const [name, cache] = [`${kind}-${mode}`.toLowerCase(), cacheIn(node.folder)]
        await cluster.apply(await writePackage(node.folder, name, { ...QUICK, ...template, cache }))
        const endpoint = await cluster.readyEndpoint(name)
        assert.deepEqual((await filesOf(cluster, endpoint)).files, FILES)
        const next = { ...QUICK, ...template, cache, observability: { debugLogging: true } }
        await cluster.apply(await writePackage(node.folder, name, next))
        const { files, output } = await filesOf(cluster, await moved(cluster, name, endpoint))
        assert.deepEqual(files, FILES)
        assert.equal(/^#\d+ CACHED$/m.test(output), kind !== 'ephemeral', output)
      })

    test('rootless, and was not before', async () => {
      const { node } = cluster
      await cluster.apply(await writePackage(node.folder, 'changed', { ...QUICK, cache: claim('') }))
      const endpoint = await cluster.readyEndpoint('changed')
      await filesOf(cluster, endpoint)
      await cluster.apply(await writePackage(node.folder, 'changed', { ...QUICK, ...ROOTLESS, cache: claim('') }))
      assert.deepEqual((await filesOf(cluster, await moved(cluster, 'changed', endpoint))).files, FILES)
    })
  })
})
