import { argocdConfig } from '../config/argocd-config.ts'
import { packageConfig } from '../config/package-config.ts'
import { readRenderConfig } from '../config/read-render-config.ts'
import type { Item } from '../input/item.ts'
import { decoded, readManifests } from '../input/read-files.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { withPosition } from '../yaml/lines.ts'
import { build } from './build.ts'
import { check } from './check.ts'
import { type Command, parseCommandLine } from './command-line.ts'
import { explain } from './explain.ts'
import { find } from './find.ts'
import { runFix } from './fix.ts'
import { runMigrate } from './migrate.ts'
import { usage, versionLine } from './options.ts'
import type { Outcome } from './outcome.ts'
import { runDiff } from './run-diff.ts'
import { runFunction } from './run-function.ts'
import { spareMemory } from './spare-memory.ts'
import { tree } from './tree.ts'

const MANY_BYTES = 1 << 20
const MANY_ITEMS = 1000

/**
 * Runs the command that `args` name; `readStdin` gives all of standard input, and is called only where the command needs it. The
 * environment is asked only where an option says so.
 */
export async function runCommand(
  args: readonly string[],
  readStdin: () => Promise<Uint8Array>,
  environment: Environment = {},
): Promise<Outcome> {
  const command = parseCommandLine(args)
  switch (command.kind) {
    case 'help':
      return { stdout: [usage()], stderr: [], exitCode: 0 }
    case 'version':
      return { stdout: [versionLine()], stderr: [], exitCode: 0 }
    case 'usage error':
      return { stdout: [], stderr: [`error: ${command.message}`], exitCode: 2 }
    case 'explain':
      return explain(command.ids)
    case 'function': {
      const bytes = await readStdin()
      if (bytes.length > MANY_BYTES) await spareMemory()
      const input = decoded(bytes)
      return 'error' in input
        ? inputError(`standard input: ${withPosition(input.error, input.text ?? '')}`)
        : runFunction(input.text)
    }
    case 'diff':
      return runDiff(command)
    case 'find':
      return find(await manifestsAt(command.paths, readStdin))
    case 'migrate':
      return runMigrate(await manifestsAt(command.paths, readStdin), command.folder)
    default:
      return onManifests(command, readStdin, environment)
  }
}

type Environment = Readonly<Record<string, string | undefined>>

async function onManifests(
  command: Extract<Command, { kind: 'build' | 'check' | 'fix' | 'tree' }>,
  readStdin: () => Promise<Uint8Array>,
  { ARGOCD_APP_PARAMETERS }: Environment,
): Promise<Outcome> {
  const { configFile, isArgocdPlugin } = command
  const items = await manifestsAt(command.paths, readStdin)
  const base = () => packageConfig(items)
  const parsed = isArgocdPlugin ? argocdConfig(ARGOCD_APP_PARAMETERS, base) : readRenderConfig(configFile, base)
  if ('results' in parsed) return inputError(...placed(parsed.results, items).map(lineOfPlaced))
  if (command.kind === 'build') return build(items, parsed.config)
  if (command.kind === 'tree') return tree(items, parsed.config, command.format)
  return command.kind === 'check'
    ? check(items, parsed.config, command)
    : runFix(items, parsed.config, command.isDryRun)
}

async function manifestsAt(paths: readonly string[], readStdin: () => Promise<Uint8Array>): Promise<readonly Item[]> {
  const manifests = readManifests(paths, paths.includes('-') ? await readStdin() : new Uint8Array())
  if (manifests.length > MANY_ITEMS) await spareMemory()
  return manifests
}

function inputError(...stderr: readonly string[]): Outcome {
  return { stdout: [], stderr, exitCode: 1 }
}
