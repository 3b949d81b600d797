import { readFileSync } from 'node:fs'
import packageJson from '../package.json' with { type: 'json' }
import { build, check } from './build.ts'
import { parseCommandLine, USAGE } from './command-line.ts'
import { decoded, readManifests } from './manifests.ts'
import { parseRenderConfig, type RenderConfig } from './render-config.ts'
import { lineOf } from './results.ts'
import { type Outcome, runFunction } from './run-function.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** Runs the command that `args` name; `stdin` reads all of standard input, and is called where the command needs it only. */
export function runCommand(args: readonly string[], stdin: () => Uint8Array): Outcome {
  const command = parseCommandLine(args)
  switch (command.kind) {
    case 'help':
      return { stdout: [USAGE], stderr: [], exitCode: 0 }
    case 'version':
      return { stdout: [`render-buildkit ${packageJson.version}\n`], stderr: [], exitCode: 0 }
    case 'usage error':
      return { stdout: [], stderr: [command.message], exitCode: 2 }
    case 'function':
      return fromStdin(stdin)
    default:
      return onManifests(command.kind, command.paths, command.configFile, () => decoded(stdin()))
  }
}

function fromStdin(stdin: () => Uint8Array): Outcome {
  try {
    return runFunction(decoded(stdin()))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    return { stdout: [], stderr: ['must be a ResourceList as UTF-8 text, got other bytes'], exitCode: 1 }
  }
}

function onManifests(
  kind: 'build' | 'check',
  paths: readonly string[],
  configFile: string | undefined,
  stdin: () => string,
): Outcome {
  const parsed = configIn(configFile)
  if ('errors' in parsed) return { stdout: [], stderr: parsed.errors, exitCode: 1 }
  const manifests = readManifests(paths, stdin)
  return kind === 'build' ? build(manifests, parsed.config) : check(manifests, parsed.config)
}

function configIn(
  file: string | undefined,
): { readonly config: RenderConfig } | { readonly errors: readonly string[] } {
  if (file === undefined) return parseRenderConfig(undefined) as { config: RenderConfig }
  const read = readConfig(file)
  if ('error' in read) return { errors: [`${file}: ${read.error}`] }
  const parsed = parseRenderConfig(read.value)
  return 'config' in parsed ? parsed : { errors: parsed.results.map((result) => `${file}: ${lineOf(result)}`) }
}

function readConfig(file: string): ReturnType<typeof readYaml> {
  try {
    return readYaml(decoded(readFileSync(file)))
  } catch (error) {
    return { error: (error as Error).message }
  }
}
