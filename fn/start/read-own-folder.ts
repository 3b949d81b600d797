import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { isAbsolute, join } from 'node:path'

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
/** As Linux counts them. */
const LINKS_MAX = 40

/**
 * Whether only this user and root decide what a path leads to: each folder on the way, and each link, belongs to one of them, and nobody else
 * may write there. Throws where there is no such folder. Windows keeps a user's folder from others, and its files have no such modes.
 */
export function isOwn(folder: string, { geteuid }: Pick<Surroundings, 'geteuid'>): boolean {
  if (!geteuid) return true
  const users = [geteuid(), 0]
  const names = ['', ...stepsOf(folder)].reverse()
  let path = '/'
  for (let links = 0; names.length > 0; ) {
    const next = join(path, String(names.pop()))
    const stats = lstatSync(next)
    if (!isOfUsers(stats, users) || links > LINKS_MAX) return false
    if (stats.isSymbolicLink()) {
      links++
      const target = readlinkSync(next)
      names.push(...stepsOf(target).reverse())
      if (isAbsolute(target)) path = '/'
    } else path = next
  }
  return true
}

/** The mode of a link means nothing. */
function isOfUsers(stats: Stats, users: readonly number[]): boolean {
  return users.includes(stats.uid) && (stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_OTHERS) === 0)
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '')
}
