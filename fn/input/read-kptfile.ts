import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Whether a file is in a package of kpt: its folder has a Kptfile, or one around it. */
export function isInKptPackage(path: string): boolean {
  const folder = dirname(resolve(path))
  return existsSync(join(folder, 'Kptfile')) || (dirname(folder) !== folder && isInKptPackage(folder))
}
