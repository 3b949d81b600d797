import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, columns, type Package, podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { bringUpSeveral, createBuilders, podNamesOf, SEVERAL, severalPublished } from './builders.ts'
import { type NoisyStage, startNoisyStage } from './noisy-stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]
const BUILDKITS = `/apis/${API_VERSION}/buildkits`

async function builder(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
  await nextSecond()
  return pkg
}

const OWNER_ANSWERS = {
  'a plain 404': { status: 404, body: '404 page not found\n' },
  'a 404 about something else': {
    status: 404,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404, details: {} },
  },
  'an internal error': { status: 500, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 500 } },
  'too many requests': { status: 429, body: 'later', headers: { 'retry-after': '1' } },
  'no permission': {
    status: 403,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403 },
  },
}

type Scenario = (stage: NoisyStage) => Promise<void>

/** What the controller has deleted, but for the Pods of the noisy tenant, which it may. */
async function deletions({ cluster, noise }: NoisyStage) {
  const events = await cluster.auditEvents()
  const ours = events.filter(({ userAgent }) => userAgent?.startsWith('buildkit-controller/'))
  return ours.filter(({ verb, objectRef }) => verb === 'delete' && objectRef?.namespace !== noise.namespace)
}

const ownerScenarios = Object.entries(OWNER_ANSWERS).map(([name, answer]): [string, Scenario] => [
  `if the request for its Buildkit gives ${name}`,
  async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpSeveral(pkg)
    const path = `${pkg.namespace}/buildkits/b${SEVERAL}`
    stage.proxy.inject((request) => (request.method === 'GET' && request.path.endsWith(path) ? answer : undefined))
    await pkg.deleteBuildkit(`b${SEVERAL}`)
    await setTimeout(4000)
    stage.proxy.inject(() => undefined)
    await pkg.applyBuildkit(`b${SEVERAL}`, podNamesOf(SEVERAL))
    await severalPublished(pkg)
    assert.deepEqual(await pkg.pods(), podNamesOf(SEVERAL).toSorted())
    assert.deepEqual(await deletions(stage), [])
  },
])

const scenarios: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(ownerScenarios),

  'that was replaced between the look and the deletion': async (stage) => {
    const pkg = await builder(stage)
    const { promise: replaced, resolve } = Promise.withResolvers<void>()
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>()
    stage.proxy.inject(({ method, path }) => {
      if (method !== 'DELETE' || !path.includes(pkg.namespace)) return undefined
      onAsked()
      return { until: replaced }
    })
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await asked
    await pkg.deletePod(first)
    await pkg.finishPod(first)
    await pkg.applyPod('b', first)
    resolve()
    await setTimeout(3000)
    stage.proxy.inject(() => undefined)
    assert.deepEqual(await pkg.pods(), [first, second].sort())
    const codes = (await deletions(stage)).map(({ responseStatus }) => responseStatus?.code)
    assert.deepEqual([...new Set(codes)], [409])
  },

  'while the permission to list Pods is revoked, and work continues when it is back': async (stage) => {
    const pkg = await builder(stage)
    const { kubectl } = stage.cluster
    const { stdout: binding } = await kubectl(['get', 'clusterrolebinding', 'buildkit-controller', '--output=json'])
    await kubectl(['delete', 'clusterrolebinding', 'buildkit-controller'])
    stage.proxy.reset()
    await eventually(() => stage.controller().metric('buildkit_cache_synced'), 0, 30)
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await setTimeout(5000)
    assert.deepEqual(await pkg.pods(), [first, second].sort())
    await kubectl(['create', '-f', '-'], { input: binding.replace(/"resourceVersion":[^,]*,/, '') })
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'], 40)
    await eventually(pkg.pods, [`(${first})`, second].sort(), 40)
  },
}

suite('no Pod is deleted', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: NoisyStage
  before(async () => {
    stage = await startNoisyStage(['--handover-grace=2s', '--deletion-quarantine=1s', '--orphan-grace=1s'], {
      audit: true,
    })
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})

test('an empty list of Buildkits deletes no Pod', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const stage = await startNoisyStage(['--deletion-quarantine=1s', '--orphan-grace=1s'])
  try {
    const pkg = await stage.createPackage()
    await createBuilders(pkg, 1000)
    const list = { apiVersion: API_VERSION, kind: 'BuildkitList', metadata: { resourceVersion: '1' }, items: [] }
    stage.proxy.inject(({ method, path }) => {
      if (method !== 'GET' || !path.includes('/buildkits')) return undefined
      if (!path.startsWith(BUILDKITS)) return notFound(path)
      return path.includes('watch=') ? 'silence' : { status: 200, body: list }
    })
    await stage.controller().stop()
    const controller = await stage.startController()
    await controller.ready()
    await setTimeout(35_000)
    assert.equal(await controller.metric('buildkit_gc_breaker_open', 'namespace=""'), 1)
    assert.equal((await pkg.pods()).filter((name) => name.startsWith('(')).length, 0)
    t.diagnostic(
      `the Pods of 1,000 builders stayed; ${await controller.metric('buildkit_gc_skipped_total')} deletions held back`,
    )
  } finally {
    await stage.stop()
  }
})

/** As the API server says it of a Buildkit that there is not. */
function notFound(path: string) {
  const details = { name: path.split('/').at(-1), group: API_VERSION.split('/')[0], kind: 'buildkits' }
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404, details }
  return { status: 404, body: status }
}
