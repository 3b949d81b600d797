import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { buildArguments } from './build-arguments.ts'
import { cachedFolder } from './cached-folder.ts'
import { GO_ENVIRONMENT } from './go-environment.ts'
import { goVersion } from './go-version.ts'
import { type Outcome, report } from './report.ts'
import { TOOLS, type Tool } from './tool.ts'

const version = goVersion()
if (version === undefined) {
  console.error('must find `go` on PATH to build the servers that tests run; see https://go.dev/doc/install')
  process.exit(1)
}
const outcomes = wanted(process.argv.slice(2)).map((tool) => provide(tool, cachedFolder(tool, version)))
console.log(`\n${report(outcomes)}`)
if (outcomes.some(({ result }) => result === 'failed')) process.exitCode = 1

/** All tools, or those with these names. */
function wanted(names: readonly string[]): readonly Tool[] {
  const unknown = names.filter((name) => !TOOLS.some((tool) => tool.name === name))
  if (unknown.length > 0) {
    console.error(
      `must be names of tools, got ${unknown.join(', ')}; there are ${TOOLS.map(({ name }) => name).join(', ')}`,
    )
    process.exit(2)
  }
  return names.length === 0 ? TOOLS : TOOLS.filter(({ name }) => names.includes(name))
}

function provide(tool: Tool, folder: string): Outcome {
  if (existsSync(folder)) return { tool, result: 'found' }
  const start = performance.now()
  console.log(`building ${tool.name}`)
  const reason = build(tool, folder)
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`
  console.log(reason === undefined ? `built ${tool.name} in ${seconds}` : `could not build ${tool.name} in ${seconds}`)
  return reason === undefined ? { tool, result: 'built' } : { tool, result: 'failed', reason }
}

/** Builds beside `folder` and renames, so that a folder which is there is whole. Returns why that failed. */
function build(tool: Tool, folder: string): string | undefined {
  mkdirSync(dirname(folder), { recursive: true })
  const unfinished = mkdtempSync(`${folder}-`)
  try {
    const output = join(unfinished, tool.name)
    // -mod=readonly: GOFLAGS in the environment must not make a build change what go.mod pins. Compilers end before they need a garbage collector,
    // which would take a fifth of the time.
    const { error, status, stderr } = spawnSync(
      'go',
      ['build', '-mod=readonly', '-o', output, ...buildArguments(tool)],
      {
        cwd: join(import.meta.dirname, tool.module),
        env: { GOGC: 'off', GOMEMLIMIT: '2GiB', ...GO_ENVIRONMENT, CGO_ENABLED: tool.cgoTags ? '1' : '0' },
        encoding: 'utf8',
        maxBuffer: Number.POSITIVE_INFINITY,
      },
    )
    if (status !== 0) {
      console.error(stderr)
      return error?.message ?? lastLine(stderr)
    }
    // Whoever built the same meanwhile was no slower: its build stays.
    if (!existsSync(folder)) renameSync(unfinished, folder)
    return undefined
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
