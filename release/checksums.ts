import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** The file of a release that names all others. */
export const CHECKSUMS = 'SHA256SUMS'

export interface Checksum {
  readonly name: string
  /** In hexadecimal. */
  readonly sha256: string
}

/** Writes what `sha256sum --check` reads, about all files in the folder. */
export async function makeChecksums(folder: string): Promise<void> {
  const lines = (await checksumsOf(folder)).map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  await writeFile(join(folder, CHECKSUMS), lines.join(''))
}

/** The names of the files in a folder, without that of their checksums. */
export async function artifactsIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name !== CHECKSUMS).sort()
}

/** The files in a folder, by name. */
export async function checksumsOf(folder: string): Promise<readonly Checksum[]> {
  const names = await artifactsIn(folder)
  return Promise.all(names.map(async (name) => ({ name, sha256: await sha256Of(join(folder, name)) })))
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
