import packageJson from '../package.json' with { type: 'json' }
import { build, check } from './build.ts'
import { type Command, parseCommandLine, USAGE } from './command-line.ts'
import { decoded } from './decoded.ts'
import { readManifests } from './read-manifests.ts'
import { readRenderConfig } from './read-render-config.ts'
import { type Outcome, runFunction } from './run-function.ts'

/** Runs the command that `args` name; `readStdin` gives all of standard input, and is called only where the command needs it. */
export async function runCommand(args: readonly string[], readStdin: () => Promise<Uint8Array>): Promise<Outcome> {
  const command = parseCommandLine(args)
  switch (command.kind) {
    case 'help':
      return { stdout: [USAGE], stderr: [], exitCode: 0 }
    case 'version':
      return { stdout: [`render-buildkit ${packageJson.version}\n`], stderr: [], exitCode: 0 }
    case 'usage error':
      return { stdout: [], stderr: [command.message], exitCode: 2 }
    case 'function': {
      const input = decoded(await readStdin())
      return 'error' in input ? inputError(`standard input: ${input.error}`) : runFunction(input.text)
    }
    default:
      return onManifests(command, readStdin)
  }
}

async function onManifests(
  { kind, paths, configFile }: Extract<Command, { kind: 'build' | 'check' }>,
  readStdin: () => Promise<Uint8Array>,
): Promise<Outcome> {
  const parsed = readRenderConfig(configFile)
  if ('errors' in parsed) return inputError(...parsed.errors)
  const manifests = readManifests(paths, paths.includes('-') ? await readStdin() : new Uint8Array())
  return kind === 'build' ? build(manifests, parsed.config) : check(manifests, parsed.config)
}

function inputError(...stderr: readonly string[]): Outcome {
  return { stdout: [], stderr, exitCode: 1 }
}
