import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { buildArguments } from './build-arguments.ts'
import { cachedFolder } from './cached-folder.ts'
import { goVersion } from './go-version.ts'
import { TOOLS, type Tool } from './tool.ts'

const version = goVersion()
if (version === undefined) {
  console.error('must find `go` on PATH to build the servers that tests run; see https://go.dev/doc/install')
  process.exit(1)
}
for (const tool of TOOLS) {
  const folder = cachedFolder(tool, version)
  const start = performance.now()
  const verb = existsSync(folder) ? 'found' : build(tool, folder)
  console.log(
    `${verb} ${tool.name} in ${((performance.now() - start) / 1000).toFixed(1)} s: ${join(folder, tool.name)}`,
  )
}

/** Builds beside `folder` and renames, so that a folder which is there is whole. */
function build(tool: Tool, folder: string): 'built' {
  mkdirSync(dirname(folder), { recursive: true })
  const unfinished = mkdtempSync(`${folder}-`)
  try {
    const output = join(unfinished, tool.name)
    // -mod=readonly: GOFLAGS in the environment must not make a build change what go.mod pins.
    const { error, status } = spawnSync('go', ['build', '-mod=readonly', '-o', output, ...buildArguments(tool)], {
      cwd: join(import.meta.dirname, tool.module),
      env: { ...process.env, CGO_ENABLED: tool.cgoTags ? '1' : '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if (status !== 0) throw new Error(`could not build ${tool.name}`, { cause: error })
    // Whoever built the same meanwhile was no slower: its build stays.
    if (!existsSync(folder)) renameSync(unfinished, folder)
    return 'built'
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
