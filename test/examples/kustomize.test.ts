import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { examplePath } from './example-names.ts'

const skip = needs('kustomize', 'kubectl')
const EXAMPLE = examplePath('kustomize')
const GOLDEN = join(import.meta.dirname, '../golden/kustomize')
const BUNDLE = join(import.meta.dirname, '../../dist/render-buildkit.cjs')

/** A folder for PATH with `render-buildkit` in it, as `npm link` leaves it. */
const linked = mkdtempSync(join(tmpdir(), 'render-buildkit-linked-'))
symlinkSync(BUNDLE, join(linked, 'render-buildkit'))
after(() => rmSync(linked, { recursive: true }))

async function piped(overlay: string): Promise<string> {
  const folder = join(EXAMPLE, overlay)
  const [built, kubectl] = await Promise.all([
    runProgram(binary('kustomize'), ['build', folder]),
    runProgram(binary('kubectl'), ['kustomize', folder]),
  ])
  assert.deepEqual(kubectl, built)
  const { stdout, stderr } = await runProgram(BUNDLE, ['build', '-'], { input: built.stdout })
  assert.equal(stderr, 'rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate\n')
  return stdout
}

for (const overlay of ['staging', 'production']) {
  test(`the pipe makes of examples/kustomize/${overlay} what test/golden/kustomize/${overlay}.yaml says`, {
    skip,
  }, async () => {
    const golden = join(GOLDEN, `${overlay}.yaml`)
    const stdout = await piped(overlay)
    mkdirSync(GOLDEN, { recursive: true })
    if (process.env.UPDATE) writeFileSync(golden, stdout)
    assert.equal(stdout, readFileSync(golden, 'utf8'))
  })
}

test('the transformer of examples/kustomize makes the same objects as the pipe', { skip }, async () => {
  const { stdout } = await runProgram(
    binary('kustomize'),
    ['build', '--enable-alpha-plugins', '--enable-exec', join(EXAMPLE, 'production-by-transformer')],
    { env: { ...process.env, PATH: `${linked}:${process.env.PATH}` } },
  )
  assert.deepEqual(objectsIn(stdout), objectsIn(await piped('production')))
})

test('the base of examples/kustomize has our name references', () => {
  const [shipped, copied] = [join(EXAMPLE, '../../config/kustomize'), join(EXAMPLE, 'base')].map((folder) =>
    readFileSync(join(folder, 'name-references.yaml'), 'utf8'),
  )
  assert.equal(copied, shipped)
})

test('every golden of kustomize belongs to an overlay', () => {
  assert.deepEqual(readdirSync(GOLDEN), ['production.yaml', 'staging.yaml'])
})

function objectsIn(stream: string): ReadonlyMap<string, unknown> {
  const objects = parseAllDocuments(stream).map((document) => document.toJS())
  return new Map(objects.map((object) => [object.kind, object]))
}
