import { chmod, copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { packTarGz, packZip } from '../pack.ts'
import { REPOSITORY } from '../run.ts'

interface Archive {
  /** The folder that is packed. */
  readonly content: string
  /** The program in it. */
  readonly program: string
  readonly archive: string
  readonly epoch: number
}

/** Packs the folder of a program with the license, as .tar.gz or .zip, always with the same bytes. */
export async function writeArchive({ content, program, archive, epoch }: Archive): Promise<void> {
  await copyFile(join(REPOSITORY, 'LICENSE'), join(content, 'LICENSE'))
  await chmod(join(content, 'LICENSE'), 0o644)
  const packed = { parent: join(content, '..'), name: basename(content), archive, epoch }
  await (archive.endsWith('.zip') ? packZip(packed, ['LICENSE', program]) : packTarGz(packed))
}
