import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { CHART, helm } from './helm.ts'

const FOLDER = join(import.meta.dirname, 'wrong')
const names = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []))

suite('values that are wrong', { skip: needs('helm') }, () => {
  for (const name of names) {
    test(`${name}: Helm says which, what it must be, and what it is`, async () => {
      const { code, stderr } = await helm(['template', 'x', CHART, '--values', join(FOLDER, `${name}.yaml`)])
      const [, found] = /these values are wrong:\n(.+)\n\nUse --debug/s.exec(stderr) ?? []
      assert.deepEqual([code, `${found}\n`], [1, readFileSync(join(FOLDER, `${name}.txt`), 'utf8')], stderr)
    })
  }

  test('null takes a default away where Kubernetes can do without it, and is a mistake elsewhere', async () => {
    const input = JSON.stringify({ podSecurityContext: { runAsUser: null, seccompProfile: null }, resources: null })
    const { stderr } = await helm(['template', 'x', CHART, '--values', '-'], { input })
    assert.match(stderr, /: these values are wrong:\n- resources must be an object, got nothing\n/)
  })

  test('are as wrong where another chart depends on ours', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'chart-'))
    cpSync(CHART, join(parent, 'charts/buildkit-controller'), { recursive: true })
    writeFileSync(join(parent, 'Chart.yaml'), JSON.stringify({ apiVersion: 'v2', name: 'parent', version: '1.0.0' }))
    const input = JSON.stringify({ 'buildkit-controller': { replicaCount: 3 }, global: { region: 'a' } })
    const { stderr } = await helm(['template', 'x', parent, '--values', '-'], { input })
    rmSync(parent, { recursive: true })
    assert.match(stderr, /: these values are wrong:\n- replicaCount is not a value .+; did you mean replicas\?\n\n/)
  })

  test('an editor, which reads a file without the defaults, has the schema that refuses what is unknown', async () => {
    // Without one of its keys Helm's values are like those of a file.
    const input = JSON.stringify({ replicaCount: 3, image: { repo: 'x' }, nodeSelector: null, global: {} })
    const { stderr } = await helm(['template', 'x', CHART, '--values', '-'], { input })
    assert.deepEqual(
      stderr
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .sort(),
      [
        "- at '': additional properties 'replicaCount' not allowed",
        "- at '/image': additional properties 'repo' not allowed",
      ],
    )
  })
})
