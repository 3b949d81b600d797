import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { downloadNode } from '../node-binaries.ts'
import { REPOSITORY, run } from '../run.ts'
import { writeCompiledCode } from './compiled-code.ts'
import builder from './node-builder.json' with { type: 'json' }
import { PARTS, partOf } from './part-of.ts'
import { commandOf, isLinux, nodeOf, type Platform } from './platforms.ts'
import { signedAdHoc } from './sign-ad-hoc.ts'

const IDENTIFIER = 'render-buildkit'

/** Programs that take the symbols out of an executable, a fifth of it; those for macOS and Windows have none. */
const STRIP = { 'linux-amd64': 'strip', 'linux-arm64': 'aarch64-linux-gnu-strip' } as const

/** What Node.js looks for in itself. */
const RESOURCE = 'NODE_SEA_BLOB'
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
const POSTJECT = join(REPOSITORY, 'node_modules/postject/dist/cli.js')

/** Makes a single executable of Node.js with the renderer in it. `scratch` is a folder for its parts. Returns where it is. */
export async function buildExecutable(platform: Platform, scratch: string): Promise<string> {
  const output = join(scratch, `render-buildkit${platform === 'windows-amd64' ? '.exe' : ''}`)
  const make = isLinux(platform) ? makeForLinux : makeForOthers
  await make(platform, { scratch, output })
  await chmod(output, 0o755)
  return output
}

interface Places {
  readonly scratch: string
  readonly output: string
}

/** Node.js 24 writes the resource, and another program puts it in. */
async function makeForLinux(platform: Platform, { scratch, output }: Places): Promise<void> {
  await copyFile(await nodeOf(platform), output)
  await run(STRIP[platform as keyof typeof STRIP], [output])
  const code = join(scratch, 'code.bin')
  const command = commandOf(platform, output)
  if (command) await writeCompiledCode(command, code)
  const blob = join(scratch, 'blob')
  const config = join(scratch, 'sea.json')
  await writeFile(config, JSON.stringify(configOf(blob, { code })))
  await run(await nodeOf('linux-amd64'), ['--experimental-sea-config', config], { cwd: PARTS })
  await run(process.execPath, [POSTJECT, output, RESOURCE, blob, '--sentinel-fuse', FUSE])
}

/** Node.js 26 puts the resource in. Nothing runs the result here, so it has no code. */
async function makeForOthers(platform: Platform, { scratch, output }: Places): Promise<void> {
  const config = join(scratch, 'sea.json')
  await writeFile(config, JSON.stringify({ ...configOf(output, {}), executable: await nodeOf(platform) }))
  await run(await downloadNode(builder), ['--build-sea', config], { cwd: PARTS })
  if (platform.startsWith('darwin')) await writeFile(output, signedAdHoc(await readFile(output), IDENTIFIER))
}

/**
 * No option and no variable of Node.js reaches an executable: its arguments are those of render-buildkit. An executable contains the path
 * of `main` as it is written here, so it is relative.
 */
function configOf(output: string, assets: Readonly<Record<string, string>>) {
  return {
    main: 'main.cjs',
    output,
    disableExperimentalSEAWarning: true,
    execArgv: [],
    execArgvExtension: 'none',
    assets: { renderer: partOf('renderer.js'), ...assets },
  }
}
