import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import type { Fault, FaultProxy } from '../../harness/servers/fault-proxy.ts'
import { createBuilders } from './builders.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { NOISY_BUILDERS, STEADY } from './noisy-tenant.ts'
import { podsOfAll, run, type Sized, serves } from './sized.ts'

const BUILDERS = 600

/** What the API server says of a page whose list it has forgotten. */
const EXPIRED: Fault = {
  status: 410,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Expired', code: 410, message: 'too old' },
}

test('a list that expires between two pages starts again, and nothing is used or deleted before it is complete', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const stage = await startNoisyStage(['--deletion-quarantine=1s', '--orphan-grace=1s'], {
    audit: true,
    noise: { kinds: STEADY },
  })
  try {
    const pkg = await stage.createPackage()
    const builders = await createBuilders(pkg, BUILDERS)
    const pods = podsOfAll(builders, 1).length
    await stage.controller().stop()
    const asked = loseSecondPages(stage.proxy)
    const controller = await stage.startController()
    const known = await countsUntilReady(controller)
    assert.deepEqual(asked, {
      pods: ['first', '410', 'first', '410', 'all'],
      buildkits: ['first', '410', 'first', 'next', 'next', 'next'],
    })
    assert.deepEqual(
      known.filter((objects) => objects > 0),
      [BUILDERS + NOISY_BUILDERS, pods + NOISY_BUILDERS],
    )
    const last = builders.at(-1) as Sized
    await run(pkg, last, 1)
    await serves(pkg, last, { version: 1 })
    // Names only: a difference of whole events would take longer to print than the test.
    const deletions = (await stage.cluster.auditEvents()).filter(({ verb }) => verb === 'delete')
    assert.deepEqual(
      deletions.map(({ requestURI }) => requestURI),
      [],
    )
    t.diagnostic(
      `of ${BUILDERS} Buildkits and ${pods} Pods, beside ${NOISY_BUILDERS} each, ${known.join(', then ')} were known, never a part; none deleted`,
    )
  } finally {
    await stage.stop()
  }
})

/** Loses one second page of Buildkits and all of Pods; what is asked. */
function loseSecondPages({ inject }: FaultProxy) {
  const asked: Record<string, string[]> = { pods: [], buildkits: [] }
  inject(({ method, path }) => {
    const { pathname, searchParams } = new URL(path, 'https://nowhere')
    const [resource = ''] = pathname.split('/').slice(-1)
    const requests = asked[resource]
    if (method !== 'GET' || !requests || searchParams.has('watch')) return undefined
    const isNext = searchParams.has('continue')
    const isLost = isNext && (resource === 'pods' || !requests.includes('410'))
    const page = searchParams.has('limit') ? 'first' : 'all'
    const next = isLost ? '410' : 'next'
    requests.push(isNext ? next : page)
    return isLost ? EXPIRED : undefined
  })
  return asked
}

/** How many Pods and Buildkits are known at any time until the controller is ready. */
async function countsUntilReady(controller: ControllerProcess): Promise<readonly number[]> {
  const known = new Set<number>()
  const look = async () => {
    for (const resource of ['pods', 'buildkits']) known.add(await controller.metric('buildkit_cache_objects', resource))
  }
  const isReady = async () => (await controller.probe('readyz').catch(() => 0)) === 200
  for (const end = performance.now() + 30_000; !(await isReady()) && performance.now() < end; )
    await look().catch(() => undefined)
  await look()
  return [...known].toSorted((a, b) => a - b)
}
