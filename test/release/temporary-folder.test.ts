import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { REPOSITORY } from '../../release/run.ts'

/** Works as a release does: in a folder in a folder, with a program that starts another one. */
const WORK = `
const { endOnSignals } = await import('${REPOSITORY}/release/interruption.ts')
const { inTemporaryFolder } = await import('${REPOSITORY}/release/temporary-folder.ts')
const { run } = await import('${REPOSITORY}/release/run.ts')
endOnSignals()
const program = 'sleep 300 & echo $! >pid; echo started >&3; wait'
const work = () => inTemporaryFolder((cwd) => run('sh', ['-c', 'exec 3>' + process.argv[1] + '; ' + program], { cwd }))
await inTemporaryFolder(work).catch((error) => {
  console.error(error.message)
  process.exitCode ??= 1
})
`

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`${signal} ends the programs of a release, and no temporary folder stays`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interrupted-'))
    try {
      const started = join(folder, 'started')
      const args = ['--input-type=module', '-e', WORK, started]
      const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: folder } })
      const stderr = text(child.stderr)
      while (!(await readdir(folder)).includes('started')) await new Promise((wake) => setTimeout(wake, 50))
      child.kill(signal)
      assert.deepEqual([await once(child, 'close'), await stderr], [[exitCode, null], `interrupted by ${signal}\n`])
      assert.deepEqual(await readdir(folder), ['started'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
