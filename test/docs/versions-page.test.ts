import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KPT } from '../../docs/generate/versions-page.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'

test('docs/versions.md has the version of kpt that the tests run', { skip: needs('kpt') }, async () => {
  const { stdout } = await runProgram(binary('kpt'), ['version'])
  assert.equal(stdout.trim(), KPT)
})
