import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { problemsOf } from './checks/problems-of.ts'
import { releaseFacts } from './checks/release-facts.ts'
import { artifactsIn } from './checksums.ts'
import { PLATFORMS } from './executables/platforms.ts'
import { endOnSignals } from './interruption.ts'
import { differences, makeRelease } from './make.ts'
import { HELP, parseOptions, type ReleaseOptions } from './options.ts'
import { requireReplaceable } from './output-folder.ts'
import type { Release } from './release.ts'
import { REPOSITORY, run } from './run.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

endOnSignals()
try {
  const options = parseOptions(process.argv.slice(2))
  if (options === undefined) process.stdout.write(HELP)
  else await release(options)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode ??= 1
}

async function release({ version, builder, output, twice }: ReleaseOptions): Promise<void> {
  const folder = resolve(REPOSITORY, output)
  await requireReplaceable(folder)
  const problems = problemsOf(await releaseFacts(version))
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const [revision = '', seconds] = (await run('git', ['log', '-1', '--format=%H %ct'])).trim().split(' ')
  const made: Release = { version, revision, epoch: Number(seconds), folder, builder, platforms: PLATFORMS }
  await makeRelease(made)
  if (twice) await compare(made)
  for (const name of await artifactsIn(folder)) {
    const { size } = await stat(join(folder, name))
    process.stdout.write(`${(size / 1e6).toFixed(1).padStart(8)} MB  ${name}\n`)
  }
  if (builder === undefined) process.stderr.write('The images are left out, because no --builder was given.\n')
}

async function compare(made: Release): Promise<void> {
  const different = await inTemporaryFolder(async (parent) => {
    const again = { ...made, folder: join(parent, 'again') }
    await makeRelease(again)
    return differences(made.folder, again.folder)
  }, `${made.folder}-`)
  if (different.length > 0)
    throw new Error(
      `each artifact must have the same bytes when it is made twice, got different bytes of ${different.join(', ')}`,
    )
}
