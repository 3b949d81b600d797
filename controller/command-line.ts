import { parseArgs } from 'node:util'
import { closest } from '../crds/closest.ts'
import { FLAGS, type Flag, type FlagName, variableOf } from './flags.ts'
import { settingsOf } from './read-settings.ts'
import type { Settings } from './settings.ts'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'run'; readonly settings: Settings }
  | { readonly kind: 'usage error'; readonly messages: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>
type Values = Partial<Record<FlagName, string>>

/** The command that `args` (without node and the script) and the environment ask for; every mistake in them at once. */
export function parseCommandLine(args: readonly string[], env: Environment): Command {
  const fromArgs = valuesInArgs(args)
  if (fromArgs.values.help !== undefined) return { kind: 'help' }
  if (fromArgs.values.version !== undefined) return { kind: 'version' }
  const { settings, messages } = settingsOf({ ...defaults(), ...valuesInEnvironment(env), ...fromArgs.values })
  const all = [...fromArgs.messages, ...messages]
  return all.length > 0 ? { kind: 'usage error', messages: all } : { kind: 'run', settings }
}

function flags(): readonly Flag[] {
  return FLAGS
}

function defaults(): Values {
  return Object.fromEntries(flags().flatMap(({ name, fallback }) => (fallback === undefined ? [] : [[name, fallback]])))
}

function valuesInEnvironment(env: Environment): Values {
  return Object.fromEntries(
    flags().flatMap(({ name }) => {
      const value = env[variableOf(name)]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function valuesInArgs(args: readonly string[]): { readonly values: Values; readonly messages: readonly string[] } {
  const options = Object.fromEntries(
    flags().map(({ name, value }) => [name, value ? { type: 'string' as const } : { type: 'boolean' as const }]),
  )
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  })
  const values: Values = {}
  const messages: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') messages.push(`must have options only, got "${token.value}"`)
    if (token.kind !== 'option') continue
    const flag = flags().find(({ name }) => name === token.name)
    const mistake = flag ? mistakeIn(flag, token.value) : unknown(token.rawName, token.name)
    if (mistake) messages.push(mistake)
    else values[token.name as FlagName] = token.value ?? 'true'
  }
  return { values, messages }
}

function mistakeIn({ name, value: kind, help }: Flag, value: string | undefined): string | undefined {
  // As in Go's flags, one without a value may still be said to be true or false: --leader-elect=false.
  if (!kind && value !== undefined && value !== 'true' && value !== 'false')
    return `--${name} must have no value, got "${value}"`
  return kind && value === undefined ? `--${name} must have a value: ${help}` : undefined
}

function unknown(rawName: string, name: string): string {
  const meant = closest(
    name,
    flags().map((flag) => flag.name),
  )
  return `${rawName} is not an option${meant ? `; did you mean --${meant}?` : ''}`
}
