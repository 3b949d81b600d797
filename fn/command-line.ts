import { parseArgs } from 'node:util'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'function' | 'help' | 'version' }
  | { readonly kind: 'build' | 'check'; readonly paths: readonly string[]; readonly configFile: string | undefined }
  | { readonly kind: 'migrate'; readonly paths: readonly string[]; readonly output: string | undefined }
  | { readonly kind: 'usage error'; readonly message: string }

export const USAGE = `render-buildkit expands Buildkits and BuildkitTemplates into Pods.

Usage:
  render-buildkit                          as a KRM function: a ResourceList on standard input
  render-buildkit build [PATH... | -]      print manifests with their Pods, ready for kubectl apply -f -
  render-buildkit check [PATH... | -]      exit 1 where rendered Pods are missing, stale or edited
  render-buildkit migrate [PATH... | -]    print what kubectl gets of seatgeek/buildkit-operator as manifests for Git,
                                           and what will be different

Options:
  --config FILE    a RenderBuildkit or ConfigMap that configures build and check
  --output FOLDER  where migrate writes new files, one for each object; standard output then has the
                   kubectl commands by which buildkit-controller takes over the operator's Pods
  --help, -h       print this
  --version        print the version

Exit codes: 0 fine, 1 the input has errors, 2 usage, 70 a bug in render-buildkit.
`

/** The command that `args` (without node and the script) name. */
export function parseCommandLine(args: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        config: { type: 'string' },
        output: { type: 'string' },
      },
    })
    if (values.help) return { kind: 'help' }
    if (values.version) return { kind: 'version' }
    return commandOf(positionals, values)
  } catch (error) {
    return usageError((error as Error).message.split('. ')[0] as string)
  }
}

interface Values {
  readonly config?: string
  readonly output?: string
}

function commandOf([kind, ...rest]: readonly string[], { config, output }: Values): Command {
  const paths = rest.length > 0 ? rest : ['-']
  const isOnManifests = kind === 'build' || kind === 'check'
  if (config !== undefined && (kind === undefined || kind === 'migrate'))
    return usageError('`--config` must come with `build` or `check`')
  if (output !== undefined && (kind === undefined || isOnManifests))
    return usageError('`--output` must come with `migrate`')
  if (kind === undefined) return { kind: 'function' }
  if (kind === 'migrate') return { kind, paths, output }
  if (isOnManifests) return { kind, paths, configFile: config }
  return usageError(`must be \`build\`, \`check\` or \`migrate\`, got "${kind}"`)
}

function usageError(message: string): Command {
  return { kind: 'usage error', message: `${message}; see render-buildkit --help` }
}
