import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

/** What a container's limit of memory is made of. */
export interface MemoryLimit {
  /** Node under the limit; what it runs comes behind. */
  readonly command: readonly [string, ...(readonly string[])]
  /** Whether the kernel kills what needs more; else Node is only told how large its heap may be. */
  readonly isEnforced: boolean
  /** To be called when all under the limit has ended. */
  readonly remove: () => Promise<void>
}

/** The files of a control group that hold its limit, by the root of such groups: version 1, then version 2. */
const ROOTS: Readonly<Record<string, string>> = {
  '/sys/fs/cgroup/memory': 'memory.limit_in_bytes',
  '/sys/fs/cgroup': 'memory.max',
}

/** A limit as a kubelet sets it where this machine lets us; Node sizes its heap by it. */
export async function limitMemory(megabytes: number): Promise<MemoryLimit> {
  for (const [root, file] of Object.entries(ROOTS)) {
    const group = await createGroup(root, file, megabytes).catch(() => undefined)
    if (group) return group
  }
  // As much of a container as Node would take.
  const command = [process.execPath, `--max-old-space-size=${megabytes / 2}`] as const
  return { command, isEnforced: false, remove: async () => undefined }
}

async function createGroup(root: string, file: string, megabytes: number): Promise<MemoryLimit> {
  const group = join(root, `test-${randomUUID().slice(0, 8)}`)
  await mkdir(group)
  try {
    if (!existsSync(join(group, file))) throw new Error(`no ${file}`)
    await writeFile(join(group, file), `${megabytes * 2 ** 20}`)
  } catch (error) {
    await rmdir(group)
    throw error
  }
  const command = ['sh', '-euc', 'echo $$ > "$0/cgroup.procs"; exec "$@"', group, process.execPath] as const
  return { command, isEnforced: true, remove: () => rmdir(group) }
}
