import { resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { endOnSignals } from '../interruption.ts'
import { run } from '../run.ts'
import { inTemporaryFolder } from '../temporary-folder.ts'
import { pushMissing } from './push.ts'
import { uploadsOf } from './uploads.ts'

/** Pushes images and chart of a release that was made; prints each as `NAME@DIGEST`, which is what is signed. */
endOnSignals()
try {
  const options = { version: { type: 'string' }, from: { type: 'string' }, registry: { type: 'string' } } as const
  const { version, from = 'dist/release', registry } = parseArgs({ options }).values
  if (!version || !registry) throw new Error('must have --version X.Y.Z and --registry HOST/PATH')
  await inTemporaryFolder(async (scratch) => {
    const uploads = await uploadsOf({ version, from: resolve(from), registry, scratch })
    await pushMissing(uploads)
    for (const { reference } of uploads) {
      const digest = (await run('crane', ['digest', reference])).trim()
      process.stdout.write(`${reference.replace(/:[^:/]+$/, '')}@${digest}\n`)
    }
  })
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode ??= 1
}
