import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { parse, stringify } from 'yaml'
import type { BuildkitStatus } from '../../../controller/observation.ts'
import * as reasons from '../../../controller/reasons.ts'
import { sceneByReason } from '../../controller/status-page/scene-by-reason.ts'
import {
  crashing,
  NEW,
  newReady,
  OLD,
  OTHER,
  oldDraining,
  oldReady,
  otherReady,
  statusIn,
} from '../../controller/status-page/scenes.ts'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { runProgram } from '../../harness/servers/run-program.ts'

const CONFIG = join(import.meta.dirname, '../../../config/argocd')
const BUILDKIT = join(CONFIG, 'resource_customizations/buildkit.seatgeek.io/Buildkit')
const CONFIG_MAP = join(CONFIG, 'argocd-cm.yaml')

const DEGRADED = [
  reasons.CONTAINER_WAITING,
  reasons.CRASH_LOOP_BACK_OFF,
  reasons.IMAGE_PULL_BACK_OFF,
  reasons.KEEPS_FAILING,
  reasons.NOT_RENDERED,
  reasons.OOM_KILLED,
  reasons.POD_RENAMED,
]
const HEALTHY = [
  reasons.POD_READY,
  reasons.ADMISSION_REFUSED,
  reasons.LABEL_INVALID,
  reasons.LABEL_SHARED,
  reasons.POD_OWNED_BY_ANOTHER,
  reasons.SUSPENDED_BY_LABEL,
]

const { tests }: { readonly tests: readonly HealthTest[] } = parse(read(join(BUILDKIT, 'health_test.yaml')))

interface HealthTest {
  readonly healthStatus: { readonly status: string; readonly message: string }
  readonly inputPath: string
}

const several = [OLD, NEW, OTHER]
/** Buildkits with three Pods, by their health. */
const MIXTURES = {
  Healthy: [oldReady, newReady, otherReady],
  Progressing: [oldDraining, newReady, otherReady],
  Degraded: [oldReady, crashing, otherReady],
}

suite('the health of a Buildkit', { skip: needs('argocd') }, () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'health-'))
  })
  after(() => rm(folder, { recursive: true }))

  for (const { healthStatus, inputPath } of tests) {
    test(`is in Argo CD as in health_test.yaml: ${inputPath}`, async () => {
      assert.deepEqual(await healthOf(join(BUILDKIT, inputPath)), healthStatus)
    })
  }

  test('is Degraded in Argo CD if somebody must act or a container cannot start, and Progressing before it is ready', async () => {
    const files = Object.entries(sceneByReason).map(async ([reason, status]) => {
      return [reason, await writeBuildkit(join(folder, `${reason}.yaml`), status)] as const
    })
    const actual: Record<string, string> = {}
    for (const [reason, path] of await Promise.all(files)) actual[reason] = (await healthOf(path)).status
    const expected = Object.keys(sceneByReason).map((reason) => [reason, expectedFor(reason)])
    assert.deepEqual(actual, Object.fromEntries(expected))
  })

  test('is that of the worst of its Pods', async () => {
    for (const [expected, pods] of Object.entries(MIXTURES)) {
      const path = await writeBuildkit(join(folder, `${expected}.yaml`), statusIn({ podNames: several, pods }))
      assert.equal((await healthOf(path)).status, expected)
    }
  })
})

/** The path of a file with a Buildkit that has this status. */
async function writeBuildkit(path: string, status: BuildkitStatus): Promise<string> {
  const metadata = { name: 'shop', namespace: 'ci', generation: 2 }
  await writeFile(path, stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'Buildkit', metadata, status }))
  return path
}

test('the patch of argocd-cm contains the health check in the form for Argo CD itself', () => {
  const { data } = parse(read(CONFIG_MAP))
  assert.deepEqual(data, {
    'resource.customizations.health.buildkit.seatgeek.io_Buildkit': read(join(BUILDKIT, 'health.lua')),
  })
})

test('every file of testdata is tested, and has a status that the controller writes', () => {
  const files = globSync('testdata/*.yaml', { cwd: BUILDKIT }).sort()
  assert.deepEqual(files, tests.map(({ inputPath }) => inputPath).sort())
  const known = new Set(Object.values(sceneByReason).map((status) => JSON.stringify(status)))
  const unknown = files.filter((file) => {
    const { status } = parse(read(join(BUILDKIT, file)))
    return status?.conditions !== undefined && !known.has(JSON.stringify(status))
  })
  assert.deepEqual(unknown, [])
})

function expectedFor(reason: string): string {
  if (HEALTHY.includes(reason)) return 'Healthy'
  return DEGRADED.includes(reason) ? 'Degraded' : 'Progressing'
}

/** By Argo CD's own code, which reads our patch as it would read all of argocd-cm. */
async function healthOf(path: string): Promise<HealthTest['healthStatus']> {
  const args = ['admin', 'settings', 'resource-overrides', 'health', path, '--argocd-cm-path', CONFIG_MAP]
  const { code, stdout, stderr } = await runProgram(binary('argocd'), args)
  assert.equal(code, 0, stderr)
  const [, status = stdout, message = stdout] = /^STATUS: (.*)\nMESSAGE: (.*)\n$/.exec(stdout) ?? []
  return { status, message }
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}
