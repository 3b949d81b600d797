import { parseArgs } from 'node:util'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'function' | 'help' | 'version' }
  | { readonly kind: 'build' | 'check'; readonly paths: readonly string[]; readonly configFile: string | undefined }
  | { readonly kind: 'usage error'; readonly message: string }

export const USAGE = `render-buildkit expands Buildkits and BuildkitTemplates into Pods.

Usage:
  render-buildkit                          as a KRM function: a ResourceList on standard input
  render-buildkit build [PATH... | -]      print manifests with their Pods, ready for kubectl apply -f -
  render-buildkit check [PATH... | -]      exit 1 where rendered Pods are missing, stale or edited

Options:
  --config FILE    a RenderBuildkit or ConfigMap that configures build and check
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
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' }, config: { type: 'string' } },
    })
    if (values.help) return { kind: 'help' }
    if (values.version) return { kind: 'version' }
    const [kind, ...paths] = positionals
    if (kind === undefined && values.config === undefined) return { kind: 'function' }
    if (kind === 'build' || kind === 'check')
      return { kind, paths: paths.length > 0 ? paths : ['-'], configFile: values.config }
    return usageError(
      kind === undefined
        ? '`--config` must come with `build` or `check`'
        : `must be \`build\` or \`check\`, got "${kind}"`,
    )
  } catch (error) {
    return usageError((error as Error).message.split('. ')[0] as string)
  }
}

function usageError(message: string): Command {
  return { kind: 'usage error', message: `${message}; see render-buildkit --help` }
}
