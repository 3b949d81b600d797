import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from '../../fn/commands/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'render-buildkit-kustomization-'))
after(() => rmSync(folder, { recursive: true }))
cpSync(join(import.meta.dirname, '../../examples/quickstart/buildkit.yaml'), join(folder, 'buildkit.yaml'))
// What every object has, kustomize fills in here by the file's name.
writeFileSync(join(folder, 'kustomization.yaml'), 'resources:\n- ./buildkit.yaml\n')

function run(command: string): ReturnType<typeof runCommand> {
  return runCommand([command, folder], () => Promise.resolve(new Uint8Array()))
}

test('build on a folder with a kustomization says to pipe what kustomize builds', async () => {
  assert.deepEqual(await run('build'), {
    stdout: [],
    stderr: [
      `${folder}/kustomization.yaml:1:1: error: must be built first: kustomize build ${folder}/ | render-buildkit build -`,
    ],
    exitCode: 1,
  })
})

test('check on a folder that kustomize must build first says so, and nothing of what layers look like', async () => {
  const layers = join(import.meta.dirname, '../../examples/kustomize')
  const { stderr, exitCode } = await runCommand(['check', layers], () => Promise.resolve(new Uint8Array()))
  const folders = ['base', 'production', 'production-by-transformer', 'staging'].map((name) => `${layers}/${name}/`)
  assert.deepEqual(
    { lines: stderr.map((line) => line.replace(/^\S+ error: /, '')), exitCode },
    {
      lines: folders.map((one) => `must be built first: kustomize build ${one} | render-buildkit check -`),
      exitCode: 1,
    },
  )
})

test('no Pod is missing in a kustomization where Pods are rendered elsewhere', async () => {
  for (const args of [
    ['check', '--unrendered'],
    ['fix', '--dry-run'],
  ]) {
    const { stderr, exitCode } = await runCommand([...args, folder], () => Promise.resolve(new Uint8Array()))
    assert.deepEqual(
      { lines: stderr.filter((line) => line.includes('kustomization.yaml')), exitCode },
      { lines: [], exitCode: 0 },
    )
  }
})

test('check finds a kustomization that leaves the file of a Pod out', async () => {
  writeFileSync(join(folder, 'Kptfile'), 'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: k}\n')
  const { stderr } = await run('check')
  assert.equal(
    stderr.find((line) => line.includes('kustomization.yaml')),
    `${folder}/kustomization.yaml:1:1: error: resources: must list "pod_buildkit-arm64-instance.yaml" too, or the Pod of Buildkit ` +
      '"buildkit-arm64-instance" is never applied; add the line `- pod_buildkit-arm64-instance.yaml`',
  )
})
