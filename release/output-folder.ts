import { lstat, readdir, readFile, realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import process from 'node:process'
import { CHECKSUMS } from './checksums.ts'
import { REPOSITORY } from './run.ts'

/** Throws unless a release may replace what is at a path: nothing, an empty folder, or an earlier release. */
export async function requireReplaceable(folder: string): Promise<void> {
  const status = await lstat(folder).catch(() => undefined)
  if (status === undefined) return
  if (!status.isDirectory()) throw new Error(`--output must be a folder, got another file: ${folder}`)
  const here = await realpath(folder)
  for (const needed of [REPOSITORY, process.cwd()])
    if (isWithin(await realpath(needed), here)) throw new Error(`--output must not contain ${needed}, got ${folder}`)
  const names = (await readdir(folder)).sort()
  const listed = await namesInChecksums(folder)
  if (names.join('\n') !== listed.join('\n'))
    throw new Error(
      `--output must be a new folder, or one that contains an earlier release and nothing else, got ${folder}; move it away`,
    )
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || !relative(folder, path).startsWith('..')
}

/** What a folder has if it is a release: the files that its checksums name, and the checksums. Empty without checksums. */
async function namesInChecksums(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, CHECKSUMS), 'utf8').catch(() => '')
  const names = [...text.matchAll(/^[0-9a-f]{64} {2}(.+)$/gm)].map(([, name]) => String(name))
  return text === '' ? [] : [...names, CHECKSUMS].sort()
}
