import { parseArgs } from 'node:util'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'function' | 'help' | 'version' }
  | {
      readonly kind: 'build' | 'check'
      readonly paths: readonly string[]
      readonly configFile: string | undefined
      /** Whether the configuration is what an Argo CD Application gives its plugin. */
      readonly isArgocdPlugin?: true
    }
  | { readonly kind: 'find'; readonly paths: readonly string[] }
  | { readonly kind: 'migrate'; readonly paths: readonly string[]; readonly output: string | undefined }
  | { readonly kind: 'explain'; readonly ids: readonly string[] }
  | { readonly kind: 'usage error'; readonly message: string }

export const USAGE = `render-buildkit expands Buildkits and BuildkitTemplates into Pods.

Usage:
  render-buildkit                          as a KRM function: a ResourceList on standard input
  render-buildkit build [PATH... | -]      print manifests with their Pods, ready for kubectl apply -f -
  render-buildkit check [PATH... | -]      exit 1 where rendered Pods are missing, stale or edited
  render-buildkit find [PATH... | -]       print the files for which \`build\` has something to do
  render-buildkit migrate [PATH... | -]    print what kubectl gets of seatgeek/buildkit-operator as manifests for Git,
                                           and what will be different
  render-buildkit explain [ID...]          what a rule means, and why; all of them in brief without an id

Options:
  --config FILE    a RenderBuildkit or ConfigMap that configures build and check
  --argocd-plugin  configure build and check by the parameters of the Argo CD Application
  --output FOLDER  where migrate writes new files, one for each object; standard output then has the
                   kubectl commands by which buildkit-controller takes over the operator's Pods
  --help, -h       print this
  --version        print the version

Exit codes: 0 fine, 1 the input has errors, 2 usage, 70 a bug in render-buildkit.
`

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  config: { type: 'string' },
  'argocd-plugin': { type: 'boolean' },
  output: { type: 'string' },
} as const

/** The command that `args` (without node and the script) name. */
export function parseCommandLine(args: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
    if (values.help) return { kind: 'help' }
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
}

const COMMANDS = ['build', 'check', 'find', 'migrate', 'explain']
const COMMANDS_WITH = { config: ['build', 'check'], 'argocd-plugin': ['build', 'check'], output: ['migrate'] } as const

function commandOf([kind, ...rest]: readonly string[], values: Values): Command {
  const { config: configFile, 'argocd-plugin': isArgocdPlugin = false, output } = values
  if (kind !== undefined && !COMMANDS.includes(kind)) return usageError(`must be ${anyOf(COMMANDS)}, got "${kind}"`)
  const misplaced = misplacedOption(kind, values)
  if (misplaced !== undefined) return usageError(misplaced)
  if (configFile !== undefined && isArgocdPlugin) return usageError('must be `--config` or `--argocd-plugin`, got both')
  const paths = rest.length > 0 ? rest : ['-']
  if (kind === 'build' || kind === 'check')
    return { kind, paths, configFile, ...(isArgocdPlugin && { isArgocdPlugin }) }
  if (kind === 'find') return { kind, paths }
  if (kind === 'explain') return { kind, ids: rest }
  return kind === undefined ? { kind: 'function' } : { kind: 'migrate', paths, output }
}

function misplacedOption(kind: string | undefined, values: Values): string | undefined {
  for (const [option, commands] of Object.entries(COMMANDS_WITH))
    if (values[option as keyof Values] !== undefined && !commands.some((command) => command === kind))
      return `\`--${option}\` must come with ${anyOf(commands)}`
  return undefined
}

function anyOf(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``)
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or ')
}

function usageError(message: string): Command {
  return { kind: 'usage error', message: `${message}; see render-buildkit --help` }
}
