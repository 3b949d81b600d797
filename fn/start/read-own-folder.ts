import { lstatSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/** What decides where a user's caches are. */
export interface Surroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user whose rights the program has; undefined where the system has no such numbers. */
  readonly geteuid?: () => number
}

/** Where this user's caches are; undefined where the environment does not say it. */
export function cachesOf({ platform, env }: Surroundings): string | undefined {
  const { HOME = '', XDG_CACHE_HOME = '', LOCALAPPDATA = '' } = env
  if (platform === 'win32') return isAbsolute(LOCALAPPDATA) ? LOCALAPPDATA : undefined
  if (isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME
  if (!isAbsolute(HOME)) return undefined
  return platform === 'darwin' ? join(HOME, 'Library/Caches') : join(HOME, '.cache')
}

/** Group and others may write. */
const WRITABLE_BY_OTHERS = 0o022

/**
 * Whether only this user and root can change what is in a folder: it and each folder above belong to one of them, and nobody else may write
 * there. Throws where there is no such folder. Windows keeps a user's folder from others, and its files have no such modes.
 */
export function isOwn(folder: string, { geteuid }: Surroundings): boolean {
  if (!geteuid) return true
  const user = geteuid()
  for (let path = realpathSync.native(folder); ; path = dirname(path)) {
    const { uid, mode } = lstatSync(path)
    if ((uid !== user && uid !== 0) || (mode & WRITABLE_BY_OTHERS) !== 0) return false
    if (path === dirname(path)) return true
  }
}
