import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { parseAllDocuments } from 'yaml'
import { REPOSITORY, run } from '../run.ts'
import { inTemporaryFolder } from '../temporary-folder.ts'

/**
 * Names of Pods that the last release gave to its examples, and that this version does not give to the same manifests. For each of
 * them, builders of users roll (VERSIONING.md). Empty if there is no earlier release.
 */
export async function movedNames(): Promise<readonly string[]> {
  const last = await lastRelease()
  if (last === undefined) return []
  return inTemporaryFolder(async (folder) => {
    const archive = join(folder, 'examples.tar')
    await run('git', ['archive', '--output', archive, last, 'examples', 'test/golden/hashes.json'])
    await run('tar', ['-xf', archive, '-C', folder])
    const hashes: Readonly<Record<string, readonly string[]>> = JSON.parse(
      await readFile(join(folder, 'test/golden/hashes.json'), 'utf8'),
    )
    const moved = Object.entries(hashes).map(async ([example, names]) => {
      const now = await podNames(join(folder, 'examples', example))
      return names.filter((name) => !now.includes(name)).map((name) => `${example}/${name}`)
    })
    return (await Promise.all(moved)).flat()
  })
}

/** The newest tag of a version before this commit; undefined if there is none. */
async function lastRelease(): Promise<string | undefined> {
  const tags = await run('git', [
    'tag',
    '--merged',
    'HEAD',
    '--no-contains',
    'HEAD',
    '--sort=-version:refname',
    '--list',
    'v*.*.*',
  ])
  return tags.split('\n').find((tag) => tag !== '')
}

/** The names of the Pods that this version renders of an example. */
async function podNames(example: string): Promise<readonly string[]> {
  const builders = join(example, 'builders')
  const program = join(REPOSITORY, 'dist/render-buildkit.cjs')
  const rendered = await run(process.execPath, [program, 'build', existsSync(builders) ? builders : example])
  const objects = parseAllDocuments(rendered).map((document) => document.toJS())
  return objects.filter((object) => object?.kind === 'Pod').map(({ metadata }) => metadata.name)
}
