import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { apiServerOf, OLDER_KUBERNETES } from '../tools/tool.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * What a version of Kubernetes decides: which objects it accepts, and what the controller reads and writes there. That it refuses what
 * we refuse is tested with the newest one only: Kubernetes 1.34 accepts more than an int32 in a field with this format.
 */
const TESTS = [
  'test/fn/api-server.test.ts',
  'test/controller/scenarios/endpoint.test.ts',
  'test/controller/scenarios/garbage.test.ts',
  'test/controller/scenarios/recreate.test.ts',
]

for (const version of OLDER_KUBERNETES) {
  const name = apiServerOf(version)
  test(`objects and controller on Kubernetes ${version}`, { skip: needs('etcd', 'kubectl', name) }, async (t) => {
    const assets = await mkdtemp(join(tmpdir(), 'assets-'))
    try {
      await symlink(binary(name), join(assets, 'kube-apiserver'))
      // The tests run in a runner of their own, which must not report to this one.
      const env = { ...process.env, KUBEBUILDER_ASSETS: assets, NODE_TEST_CONTEXT: undefined }
      const args = ['--test', '--test-reporter=tap', '--test-concurrency=1', ...TESTS]
      const { code, stdout } = await runProgram(process.execPath, args, { cwd: ROOT, env })
      assert.equal(code, 0, failuresIn(stdout))
      t.diagnostic(`${/^# pass (\d+)$/m.exec(stdout)?.[1]} tests`)
    } finally {
      await rm(assets, { recursive: true })
    }
  })
}

/** Each test that failed, with what it reported. */
function failuresIn(tap: string): string {
  return tap
    .split(/^(?= *(?:not )?ok )/m)
    .filter((part) => /^ *not ok/.test(part))
    .join('\n')
}
