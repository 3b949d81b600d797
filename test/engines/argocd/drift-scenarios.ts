import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { built } from '../../examples/built.ts'
import { packagePath } from '../../examples/example-names.ts'
import {
  type ArgoCdStage,
  FIRST,
  newPackage,
  type Package,
  type PackageOptions,
  type Scenarios,
  settled,
  shop,
  WELL,
} from '../../harness/engines/argocd/argocd-stage.ts'
import { render } from '../../harness/engines/render.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { MIRROR, mutatePods, PROXY } from './mutate-pods.ts'

/** What our examples do without. */
const STRICT = { spec: { ignoreDifferences: [] } }
const SERVER_SIDE_DIFF = { annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } }
const LOOKS = 3

/** Whether what is applied stays as it is. */
export const DRIFT: Scenarios = {
  'no drift is found in examples/full, even where no difference is ignored': (stage) =>
    fullIsQuiet(stage, 'full', STRICT),
  'no drift is found in examples/full with ServerSideDiff': (stage) =>
    fullIsQuiet(stage, 'full-server-side', { ...STRICT, ...SERVER_SIDE_DIFF }),
  'what admission makes of a new Pod stays': (stage) => admissionHasTheLastWord(stage, {}, ['CREATE']),
  'what admission makes of a Pod at every write stays': (stage) =>
    admissionHasTheLastWord(stage, {}, ['CREATE', 'UPDATE']),
  'what admission makes of a new Pod stays with ServerSideDiff': (stage) =>
    admissionHasTheLastWord(stage, SERVER_SIDE_DIFF, ['CREATE']),

  'where no difference is ignored, Argo CD changes the image of a running builder back': async (stage) => {
    const pkg = await newPackage(stage, STRICT)
    await mutatePods(stage.cluster, pkg.namespace, ['CREATE'])
    await pkg.push({ 'builders.yaml': await render(shop(pkg)) })
    // It is never Synced for long, so that nothing waits for that; nor for Argo CD to look at Git by itself.
    await pkg.refresh('hard')
    await eventually(async () => (await pkg.look()).ready, 'True PodReady', 60)
    await eventually(() => imagesOf(stage, pkg), [FIRST, PROXY], 60)
  },
}

async function fullIsQuiet(stage: ArgoCdStage, name: string, options: PackageOptions): Promise<void> {
  const { manifests } = await built(packagePath('full'))
  const pkg = await newPackage(stage, { ...options, namespace: name })
  // Two Applications must not own the same objects, and a namespace and a priority class are there once only.
  const own = manifests.replaceAll(/(name|namespace|priorityClassName): (?:builders|builds)$/gm, `$1: ${name}`)
  await pkg.sync({ 'full.yaml': own })
  await eventually(pkg.verdict, WELL, 60)
  await staysQuiet(pkg)
}

async function admissionHasTheLastWord(
  stage: ArgoCdStage,
  options: PackageOptions,
  operations: Parameters<typeof mutatePods>[2],
): Promise<void> {
  const pkg = await newPackage(stage, options)
  await mutatePods(stage.cluster, pkg.namespace, operations)
  await pkg.sync({ 'builders.yaml': await render(shop(pkg)) })
  await settled(pkg)
  const before = await imagesOf(stage, pkg)
  assert.deepEqual(before, [`${MIRROR}${FIRST}`, PROXY])
  // A sync for another reason writes the whole Pod.
  await pkg.sync({ 'builders.yaml': (await render(shop(pkg))).replace('Prune=false', 'Prune=false,Validate=false') })
  await staysQuiet(pkg)
  assert.deepEqual(await imagesOf(stage, pkg), before)
}

/** Looked at again and again, it is what it was, and nothing is synced for that. */
async function staysQuiet({ verdict, lastSync, refresh }: Package): Promise<void> {
  const before = await lastSync()
  for (let look = 0; look < LOOKS; look++) {
    await refresh('hard')
    // What Argo CD finds to do, it does a moment later; its times have whole seconds.
    await setTimeout(1000)
  }
  assert.deepEqual([await verdict(), await lastSync()], [WELL, before])
}

async function imagesOf({ cluster }: ArgoCdStage, { namespace }: Package): Promise<readonly string[]> {
  const { body } = await cluster.request('GET', `/api/v1/namespaces/${namespace}/pods`)
  return body.items[0]?.spec.containers.map(({ image }: { readonly image: string }) => image) ?? []
}
