import assert from 'node:assert/strict'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { snippetsIn } from '../../house/snippets/snippets-in.ts'
import { type Job, ROOT, type Scenario } from '../stage.ts'

/** What buildx 0.38.2 says of a build that could not connect; test/node/clients.test.ts looks. */
const NOT_CONNECTED = ' > [internal] waiting for connection:'

/** The function of docs/connect.md that retries, and what calls it there. */
async function snippet(): Promise<string> {
  const page = snippetsIn(await readFile(join(ROOT, 'docs/connect.md'), 'utf8'))
  return String(page.find(({ text }) => text.startsWith('build() ('))?.text)
}

/** Runs it where `docker buildx build` fails with these errors; how often it has connected and built. */
async function retry(job: Job, errors: readonly string[]): Promise<readonly [number | null, number, number]> {
  const folder = join(job.folder, 'clone')
  await mkdir(folder)
  await symlink(join(ROOT, 'config'), join(folder, 'config'))
  await writeFile(join(job.folder, 'build-errors'), errors.map((error) => `${error}\n`).join(''))
  const { code } = await job.bash(['-c', `cd ${folder}\n${await snippet()}`], { BUILDKITS: 'shop' })
  const calls = await job.calls()
  const count = (word: string) => calls.filter((call) => call.startsWith(`buildx ${word} `)).length
  return [code, count('create'), count('build')]
}

export const retrying: Readonly<Record<string, Scenario>> = {
  'a build that could not connect is tried again, with endpoints that were read again': async (stage) => {
    assert.deepEqual(await retry(await stage.job(), [NOT_CONNECTED]), [0, 2, 2])
  },
  'a build that never connects fails after three times': async (stage) => {
    assert.deepEqual(await retry(await stage.job(), Array(9).fill(NOT_CONNECTED)), [1, 3, 3])
  },
  'a build that failed otherwise is not tried again': async (stage) => {
    const failed =
      'ERROR: failed to build: failed to solve: process "/bin/false" did not complete successfully: exit code: 1'
    assert.deepEqual(await retry(await stage.job(), [failed]), [1, 1, 1])
  },
}
