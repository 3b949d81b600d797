import { join } from 'node:path'
import { COMMAND_NAMES } from '../commands/options.ts'
import { cachesOf, type Surroundings } from './read-own-folder.ts'

/** Where the code of the renderer is kept that V8 has compiled, as far as a command needs it. */
export interface KeptCode {
  readonly folder: string
  readonly file: string
}

/** What runs the program. */
export interface Runtime extends Surroundings {
  readonly version: string
  readonly arch: string
}

/**
 * Where the code for a command is kept; undefined where none is to be. The name has all that compiled code depends on: the text of the
 * renderer and what compiled it. V8 refuses what other flags have made.
 */
export function keptCode(id: string, args: readonly string[], runtime: Runtime): KeptCode | undefined {
  // The variable of Node.js for its own cache of this kind.
  if (runtime.env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const caches = cachesOf(runtime)
  if (caches === undefined) return undefined
  const command = COMMAND_NAMES.find((name) => name === args[0]) ?? 'function'
  const folder = join(caches, 'render-buildkit')
  return { folder, file: join(folder, `${command}-${id}-${runtime.version}-${runtime.arch}.bin`) }
}

/** Whether a file has a name that `keptCode` gives, whatever the version, or one that such a file has before it is whole. */
export function isKeptName(name: string): boolean {
  return /^[a-z]+-[^-]+-v\d+\.\d+\.\d+[^/]*-\w+\.bin(?:\.\d+)?$/.test(name)
}
