import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Calls a function with a new folder, and removes the folder afterwards, also after an error or an interruption. */
export async function inTemporaryFolder<T>(
  use: (folder: string) => Promise<T>,
  prefix = join(tmpdir(), 'buildkit-gitops-'),
): Promise<T> {
  const folder = await mkdtemp(prefix)
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
