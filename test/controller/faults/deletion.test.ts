import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import type { Package } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { createBuilders } from './builders.ts'
import { type NoisyStage, startNoisyStage } from './noisy-stage.ts'
import {
  allServe,
  applyNames,
  BOTH,
  bringUpAll,
  ONE,
  podsAfterRoll,
  podsOf,
  podsOfAll,
  rollAll,
  THREE,
} from './sized.ts'

const BUILDKITS = `/apis/${API_VERSION}/buildkits`
const ROLLING = [...podsOfAll(BOTH, 1), ...podsOfAll(BOTH, 2)].toSorted()

/** A Pod of each builder that is created again under its name while it is to be deleted. */
const REPLACED = [
  { buildkit: ONE.buildkit, index: 0, name: podsOf(ONE, 1)[0] as string },
  { buildkit: THREE.buildkit, index: 1, name: podsOf(THREE, 1)[1] as string },
]

async function builders(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUpAll(pkg, BOTH)
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
    const pkg = await builders(stage)
    const path = `${pkg.namespace}/buildkits/`
    const isOne = (asked: string) => BOTH.some(({ buildkit }) => asked.endsWith(path + buildkit))
    stage.proxy.inject((request) => (request.method === 'GET' && isOne(request.path) ? answer : undefined))
    for (const { buildkit } of BOTH) await pkg.deleteBuildkit(buildkit)
    await setTimeout(4000)
    stage.proxy.inject(() => undefined)
    for (const sized of BOTH) await applyNames(pkg, sized, 1)
    await allServe(pkg, BOTH, { version: 1 })
    assert.deepEqual(await pkg.pods(), podsOfAll(BOTH, 1))
    assert.deepEqual(await deletions(stage), [])
  },
])

const scenarios: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(ownerScenarios),

  'that was replaced between the look and the deletion': async (stage) => {
    const pkg = await builders(stage)
    const { promise: replaced, resolve } = Promise.withResolvers<void>()
    const asked = new Set<string>()
    stage.proxy.inject(({ method, path }) => {
      const pod = REPLACED.find(({ name }) => path.endsWith(`/${pkg.namespace}/pods/${name}`))
      if (method !== 'DELETE' || !pod) return undefined
      asked.add(pod.name)
      return { until: replaced }
    })
    await rollAll(pkg, BOTH, 2)
    await eventually(async () => asked.size, REPLACED.length)
    for (const { buildkit, name, index } of REPLACED) {
      await pkg.deletePod(name)
      await pkg.finishPod(name)
      await pkg.applyReplica(buildkit, name, { index })
    }
    resolve()
    await setTimeout(3000)
    stage.proxy.inject(() => undefined)
    const names = REPLACED.map(({ name }) => name)
    const left = podsAfterRoll(BOTH, { from: 1, to: 2 }).map((pod) => names.find((name) => pod === `(${name})`) ?? pod)
    assert.deepEqual(await pkg.pods(), left)
    const refused = (await deletions(stage)).filter(({ objectRef }) => names.includes(objectRef?.name ?? ''))
    const codes = refused.map(({ responseStatus }) => responseStatus?.code)
    assert.deepEqual([...new Set(codes)], [409])
  },

  'while the permission to list Pods is revoked, and work continues when it is back': async (stage) => {
    const pkg = await builders(stage)
    const { kubectl } = stage.cluster
    const { stdout: binding } = await kubectl(['get', 'clusterrolebinding', 'buildkit-controller', '--output=json'])
    await kubectl(['delete', 'clusterrolebinding', 'buildkit-controller'])
    stage.proxy.reset()
    await eventually(() => stage.controller().metric('buildkit_cache_synced'), 0, 30)
    await rollAll(pkg, BOTH, 2)
    await setTimeout(5000)
    assert.deepEqual(await pkg.pods(), ROLLING)
    await kubectl(['create', '-f', '-'], { input: binding.replace(/"resourceVersion":[^,]*,/, '') })
    await allServe(pkg, BOTH, { version: 2, seconds: 40 })
    await eventually(pkg.pods, podsAfterRoll(BOTH, { from: 1, to: 2 }), 40)
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
    const pods = podsOfAll(await createBuilders(pkg, 500), 1)
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
    assert.deepEqual(await pkg.pods(), pods)
    t.diagnostic(
      `${pods.length} Pods stayed; ${await controller.metric('buildkit_gc_skipped_total')} deletions held back`,
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
