import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** One complaint of Biome: the rule (`style/noEnum`) and its message. */
export interface Complaint {
  readonly path: string
  readonly rule: string
  readonly message: string
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string
    readonly message: string
    readonly location: { readonly path: string }
  }[]
}

const root = join(import.meta.dirname, '../..')

/** What `biome lint` says, with the project's own configuration, of a project that consists of `files`. */
export async function complaintsOf(files: Readonly<Record<string, string>>): Promise<readonly Complaint[]> {
  const folder = await mkdtemp(join(tmpdir(), 'biome-'))
  try {
    for (const name of ['biome.json', 'package.json', '.gitignore'])
      await copyFile(join(root, name), join(folder, name))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const { diagnostics } = JSON.parse(await lint(folder)) as Report
    return diagnostics.map(({ category, message, location }) => {
      return { path: location.path, rule: category.replace(/^lint\//, ''), message }
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function lint(folder: string): Promise<string> {
  const biome = join(root, 'node_modules/.bin/biome')
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.']
  try {
    return (await promisify(execFile)(biome, args, { cwd: folder })).stdout
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string }
    if (code === 1 && stdout) return stdout
    throw error
  }
}
