import assert from 'node:assert/strict'
import process from 'node:process'
import { test } from 'node:test'
import { run } from '../../release/run.ts'

const NPM = `npm error code ENOSPC
npm error nospc ENOSPC: no space left on device, write
npm error nospc There appears to be insufficient space on your system to finish.
npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log
`

for (const [what, script, message] of [
  [
    'npm',
    `cat >&2 <<'E'\n${NPM}E\nexit 1`,
    'npm error nospc There appears to be insufficient space on your system to finish.',
  ],
  ['a program that writes nothing', 'exit 3', 'exit code 3'],
  ['a program that a signal ends', 'kill -9 $$', 'SIGKILL'],
  ['a program that writes to standard output', 'echo refused; exit 1', 'refused'],
] as const)
  test(`the reason of a failure is that of ${what}`, async () => {
    await assert.rejects(run('sh', ['-c', script]), { message: `sh -c failed: ${message}` })
  })

test('the reason of a failure is the error that Node.js prints above its stack', async () => {
  const failed = run(process.execPath, ['-e', 'throw new Error("must have a disk")'])
  await assert.rejects(failed, { message: `${process.execPath} -e failed: Error: must have a disk` })
})

test('a program that is missing is named', async () => {
  await assert.rejects(run('no-such-program', []), {
    message: 'no-such-program must be on PATH, got none; docs/releasing.md lists what a release needs',
  })
})
