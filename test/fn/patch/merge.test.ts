import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { isMapping } from '../../../fn/input/item.ts'
import { type Mapping, patched } from '../../../fn/patch/merge.ts'
import { readPatch } from '../../../fn/patch/read-patch.ts'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { anyPatchOf } from './any-patch.ts'
import { anyPodSpec } from './any-pod-spec.ts'

const COMPARED = 250
const AT_ONCE = 4
const pairs = anyPodSpec.chain((podSpec) => fc.tuple(fc.constant(podSpec), anyPatchOf(podSpec)))
const samples = fc.sample(pairs, { seed: 20_261_130, numRuns: COMPARED })

test('a patch whose directives have something to act on has no mistake', () => {
  for (const [podSpec, patch] of samples)
    assert.deepEqual(readPatch(patch, { path: [], podSpec }).issues, [], JSON.stringify({ podSpec, patch }, null, 1))
})

suite('a strategic merge', { skip: needs('kubectl') }, () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'merge-'))
  })
  after(() => rm(folder, { recursive: true }))

  /** What `kubectl patch --local` makes of a Pod spec: all of it, whether an API server would take it or not. */
  async function patchedByKubectl([podSpec, patch]: readonly [Mapping, Mapping], at: number): Promise<unknown> {
    const path = join(folder, `${at}.json`)
    const object = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'a' }, template: { spec: podSpec } }
    await writeFile(path, JSON.stringify(object))
    const args = ['patch', '--local', '--type=strategic', '--output=json', '-f', path, '-p']
    const { code, stdout, stderr } = await runProgram(binary('kubectl'), [
      ...args,
      JSON.stringify({ template: { spec: patch } }),
    ])
    assert.equal(code, 0, `${stderr}\n${JSON.stringify({ podSpec, patch }, null, 1)}`)
    return cleaned(JSON.parse(stdout).template.spec)
  }

  test(`is kubectl's, for ${COMPARED} patches`, async () => {
    const waiting = [...samples.entries()]
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [at, [podSpec, patch]] = next
        const message = JSON.stringify({ podSpec, patch }, null, 1)
        assert.deepEqual(patched(podSpec, patch), await patchedByKubectl([podSpec, patch], at), message)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  })
})

/** kubectl leaves nulls and directives in what is new; an API server reads neither. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (!isMapping(value)) return value
  const kept = Object.entries(value).filter(([key, inner]) => !key.startsWith('$') && inner !== null)
  return Object.fromEntries(kept.map(([key, inner]) => [key, cleaned(inner)]))
}
