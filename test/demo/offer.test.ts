import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { runProgram } from '../harness/servers/run-program.ts'

const cache = mkdtempSync(join(tmpdir(), 'no-tools-'))
after(() => rmSync(cache, { recursive: true }))

test('the demo says what it needs, how long that takes and what to type where there are no tools', async () => {
  const env = { ...process.env, CI: '', KUBEBUILDER_ASSETS: '', XDG_CACHE_HOME: cache }
  const { code, stdout, stderr } = await runProgram(process.execPath, ['demo/main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env,
  })
  assert.deepEqual({ code, stderr }, { code: 1, stderr: '' })
  assert.match(stdout, /It needs etcd, kube-apiserver, kubectl\./)
  assert.match(stdout, / {2}npm run tools -- etcd kube-apiserver kubectl {4}about 5 minutes/)
  assert.match(stdout, / {2}npm run tools +about 30 minutes/)
})
