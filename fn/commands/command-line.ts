import { parseArgs } from 'node:util'
import { OUTPUT_FORMATS, type OutputFormat } from '../report/output-format.ts'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'function' | 'help' | 'version' }
  | ({ readonly kind: 'build' } & OnManifests)
  | ({
      readonly kind: 'check'
      readonly output: OutputFormat | undefined
      readonly isUnrendered: boolean
    } & OnManifests)
  | ({ readonly kind: 'fix'; readonly isDryRun: boolean } & OnManifests)
  | { readonly kind: 'find'; readonly paths: readonly string[] }
  | { readonly kind: 'migrate'; readonly paths: readonly string[]; readonly folder: string | undefined }
  | { readonly kind: 'explain'; readonly ids: readonly string[] }
  | { readonly kind: 'usage error'; readonly message: string }

interface OnManifests {
  readonly paths: readonly string[]
  readonly configFile: string | undefined
  /** Whether the configuration is what an Argo CD Application gives its plugin. */
  readonly isArgocdPlugin?: true
}

export const USAGE = `render-buildkit expands Buildkits and BuildkitTemplates into Pods.

Usage:
  render-buildkit                          as a KRM function: a ResourceList on standard input
  render-buildkit build [PATH... | -]      print manifests with their Pods, ready for kubectl apply -f -
  render-buildkit check [PATH... | -]      exit 1 where rendered Pods are missing, stale or edited
  render-buildkit find [PATH... | -]       print the files with Buildkits that have no podName yet
  render-buildkit fix [PATH...]            correct in place what has one obvious correction
  render-buildkit migrate [PATH... | -]    print what kubectl gets of seatgeek/buildkit-operator as manifests for Git,
                                           and what will be different
  render-buildkit explain [ID...]          what a rule means, and why; all of them in brief without an id

Options:
  --config FILE    a RenderBuildkit or ConfigMap that configures build, check and fix, over one beside the manifests
  --argocd-plugin  configure build and check by the parameters of the Argo CD Application
  --output FORMAT  what check writes on standard output, for programs: json, sarif or github
  --unrendered     check manifests whose Pods are rendered elsewhere, and say nothing of Pods that are missing
  --dry-run        print what fix would change as a diff, and change nothing
  --into FOLDER    where migrate writes new files, one for each object; standard output then has the
                   kubectl commands by which buildkit-controller takes over the operator's Pods
  --help, -h       print this
  --version        print the version

Exit codes: 0 fine, 1 the input has errors, 2 usage, 70 a bug in render-buildkit,
74 standard input could not be read, or standard output could not be written completely.
`

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  config: { type: 'string' },
  'argocd-plugin': { type: 'boolean' },
  output: { type: 'string' },
  unrendered: { type: 'boolean' },
  into: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const

/** The command that `args` (without node and the script) name. */
export function parseCommandLine(args: readonly string[]): Command {
  if (args.length === 0) return { kind: 'function' }
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
    if (values.help || positionals[0] === 'help') return { kind: 'help' }
    if (values.version) return { kind: 'version' }
    return commandOf(positionals, values)
  } catch (error) {
    return usageError((error as Error).message.split('. ')[0] as string)
  }
}

interface Values {
  readonly config?: string
  readonly 'argocd-plugin'?: boolean
  readonly output?: string
  readonly unrendered?: boolean
  readonly into?: string
  readonly 'dry-run'?: boolean
}

const COMMANDS = ['build', 'check', 'find', 'fix', 'migrate', 'explain']

/** The commands that take each option. */
const TAKEN_BY = {
  config: ['build', 'check', 'fix'],
  'argocd-plugin': ['build', 'check'],
  output: ['check'],
  unrendered: ['check'],
  into: ['migrate'],
  'dry-run': ['fix'],
} as const satisfies Readonly<Record<keyof Values, readonly string[]>>

function commandOf([kind, ...rest]: readonly string[], values: Values): Command {
  if (kind !== undefined && !COMMANDS.includes(kind)) return usageError(`must be ${anyOf(COMMANDS)}, got "${kind}"`)
  const misplaced = misplacedOption(kind, values)
  if (misplaced !== undefined) return usageError(misplaced)
  const { config: configFile, 'argocd-plugin': isArgocdPlugin = false } = values
  if (configFile !== undefined && isArgocdPlugin) return usageError('must be `--config` or `--argocd-plugin`, got both')
  const paths = rest.length > 0 ? rest : ['-']
  const onManifests = { paths, configFile, ...(isArgocdPlugin && { isArgocdPlugin }) }
  switch (kind) {
    case undefined:
      return { kind: 'function' }
    case 'build':
      return { kind, ...onManifests }
    case 'check':
      return isFormat(values.output)
        ? { kind, ...onManifests, output: values.output, isUnrendered: values.unrendered === true }
        : usageError(`\`--output\` must be ${listOf(OUTPUT_FORMATS)}, got "${values.output}"`)
    case 'fix':
      return rest.includes('-')
        ? usageError('`fix` must get files or folders, because it changes them in place, got standard input')
        : { kind, ...onManifests, paths: rest.length > 0 ? rest : ['.'], isDryRun: values['dry-run'] === true }
    case 'find':
      return { kind, paths }
    case 'migrate':
      return { kind, paths, folder: values.into }
    default:
      return { kind: 'explain', ids: rest }
  }
}

function misplacedOption(kind: string | undefined, values: Values): string | undefined {
  for (const [option, commands] of Object.entries(TAKEN_BY)) {
    if (values[option as keyof Values] === undefined || (commands as readonly (string | undefined)[]).includes(kind))
      continue
    return `\`--${option}\` must come with ${anyOf(commands)}`
  }
  return undefined
}

function isFormat(output: string | undefined): output is OutputFormat | undefined {
  return output === undefined || (OUTPUT_FORMATS as readonly string[]).includes(output)
}

function anyOf(names: readonly string[]): string {
  return listOf(names.map((name) => `\`${name}\``))
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function usageError(message: string): Command {
  return { kind: 'usage error', message: `${message}; see render-buildkit --help` }
}
