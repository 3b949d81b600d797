import { closest } from '../../crds/closest.ts'
import { readArguments } from '../../crds/options.ts'
import { plural } from '../results/words.ts'
import type { DiffAsked } from './diff.ts'
import {
  COMMAND_NAMES,
  commandsOf,
  DIFF_FORMATS,
  FAIL_ON,
  type FailOn,
  OPTIONS,
  type OptionName,
  OUTPUT_FORMATS,
  type OutputFormat,
  TREE_FORMATS,
  type TreeFormat,
} from './options.ts'

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
  | ({
      readonly kind: 'diff'
      readonly paths: readonly string[]
      readonly base: string | undefined
      readonly pricesFile: string | undefined
    } & Pick<OnManifests, 'configFile'> &
      DiffAsked)
  | ({ readonly kind: 'tree'; readonly format: TreeFormat } & OnManifests)
  | { readonly kind: 'usage error'; readonly message: string }

interface OnManifests {
  readonly paths: readonly string[]
  readonly configFile: string | undefined
  /** Whether the configuration is what an Argo CD Application gives its plugin. */
  readonly isArgocdPlugin?: true
}

/** The command that `args` (without node and the script) name. */
export function parseCommandLine(args: readonly string[]): Command {
  if (args.length === 0) return { kind: 'function' }
  const { given, positionals, messages } = readArguments(args, OPTIONS)
  if (messages.length > 0) return usageError(messages.join('; '))
  const values: Values = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.text]))
  if (isSet(values.help) || positionals[0] === 'help') return { kind: 'help' }
  if (isSet(values.version)) return { kind: 'version' }
  return commandOf(positionals, values)
}

/** The texts that options were set to; `true` for one without a value. */
type Values = Readonly<Partial<Record<OptionName, string>>>

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== 'false'
}

function commandOf([kind, ...rest]: readonly string[], values: Values): Command {
  if (kind !== undefined && !isOneOf(COMMAND_NAMES, kind)) return unknownCommand(kind)
  const misplaced = misplacedOption(kind, values)
  if (misplaced !== undefined) return usageError(misplaced)
  const configFile = values.config
  const isArgocdPlugin = isSet(values['argocd-plugin'])
  if (configFile !== undefined && isArgocdPlugin) return usageError('must be `--config` or `--argocd-plugin`, got both')
  const paths = orElse(rest, kind === 'fix' || kind === 'tree' ? '.' : '-')
  const onManifests = { paths, configFile, ...(isArgocdPlugin && { isArgocdPlugin }) }
  switch (kind) {
    case undefined:
      return { kind: 'function' }
    case 'build':
      return { kind, ...onManifests }
    case 'check':
      return checkOf(onManifests, values)
    case 'fix':
      return rest.includes('-')
        ? usageError('`fix` must get files or folders, because it changes them in place, got standard input')
        : { kind, ...onManifests, isDryRun: isSet(values['dry-run']) }
    case 'diff':
      return diffOf(rest, values)
    case 'tree':
      return treeOf(onManifests, values)
    case 'find':
      return { kind, paths }
    case 'migrate':
      return { kind, paths, folder: values.into }
    default:
      return { kind: 'explain', ids: rest }
  }
}

function orElse(paths: readonly string[], path: string): readonly string[] {
  return paths.length > 0 ? paths : [path]
}

function checkOf(onManifests: OnManifests, { output, unrendered }: Values): Command {
  return output === undefined || isOneOf(OUTPUT_FORMATS, output)
    ? { kind: 'check', ...onManifests, output, isUnrendered: isSet(unrendered) }
    : unknownFormat(OUTPUT_FORMATS, output)
}

function treeOf(onManifests: OnManifests, { output = TREE_FORMATS[0] }: Values): Command {
  return isOneOf(TREE_FORMATS, output)
    ? { kind: 'tree', ...onManifests, format: output }
    : unknownFormat(TREE_FORMATS, output)
}

function diffOf(paths: readonly string[], values: Values): Command {
  const { base, config, prices, output = DIFF_FORMATS[0], 'fail-on': on } = values
  const failOn = on === undefined ? [] : on.split(',').map((one) => one.trim())
  if (base === undefined && paths.length !== 2)
    return usageError(`\`diff\` must get OLD and NEW, or \`--base REVISION\`, got ${plural(paths.length, 'path')}`)
  if (base !== undefined && paths.length > 1)
    return usageError(`\`diff --base\` must get one PATH at most, got ${paths.length}`)
  if (paths.includes('-')) return usageError('`diff` must get files or folders, got standard input')
  if (!isOneOf(DIFF_FORMATS, output)) return unknownFormat(DIFF_FORMATS, output)
  if (!failOn.every((one) => isOneOf(FAIL_ON, one)))
    return usageError(`\`--fail-on\` must be a list of ${listOf(FAIL_ON)}, got "${on}"`)
  return {
    kind: 'diff',
    paths: orElse(paths, '.'),
    base,
    configFile: config,
    pricesFile: prices,
    format: output,
    failOn: failOn as readonly FailOn[],
  }
}

function isOneOf<T extends string>(all: readonly T[], text: string): text is T {
  return (all as readonly string[]).includes(text)
}

function unknownCommand(kind: string): Command {
  const meant = closest(kind, COMMAND_NAMES)
  const hint = meant ? `; did you mean \`${meant}\`?` : ''
  return usageError(`must be ${anyOf(COMMAND_NAMES)}, got "${kind}"${hint}`)
}

function misplacedOption(kind: string | undefined, values: Values): string | undefined {
  for (const name of Object.keys(values) as OptionName[]) {
    const commands = commandsOf(name)
    if (commands && !(kind !== undefined && commands.includes(kind)))
      return `\`--${name}\` must come with ${anyOf(commands)}`
  }
  return undefined
}

function unknownFormat(formats: readonly string[], output: string): Command {
  return usageError(`\`--output\` must be ${listOf(formats)}, got "${output}"`)
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
