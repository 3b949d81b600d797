import { parseArgs } from 'node:util'
import { closest } from '../crds/closest.ts'
import { FLAGS, type Flag, type Given, type GivenByFlag, variableOf } from './flags.ts'
import { settingsOf } from './read-settings.ts'
import type { Settings } from './settings.ts'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'run'; readonly settings: Settings }
  | { readonly kind: 'usage error'; readonly messages: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const flags: readonly Flag[] = FLAGS

/** The command that `args` (without node and the script) and the environment ask for; every mistake in them at once. */
export function parseCommandLine(args: readonly string[], env: Environment): Command {
  const { given, messages: mistakes } = givenInArgs(args)
  for (const kind of ['help', 'version'] as const) {
    if (given[kind] && given[kind].text !== 'false') return { kind }
  }
  const { settings, messages } = settingsOf({ ...defaults(), ...givenInEnvironment(env), ...given })
  const all = [...mistakes, ...messages]
  return all.length > 0 ? { kind: 'usage error', messages: all } : { kind: 'run', settings }
}

function defaults(): GivenByFlag {
  const withDefault = flags.filter(({ fallback }) => fallback !== undefined)
  return Object.fromEntries(
    withDefault.map(({ name, fallback = '' }) => [name, { text: fallback, source: `--${name}` }]),
  )
}

/** A variable that is empty is as good as none. */
function givenInEnvironment(env: Environment): GivenByFlag {
  const all = flags.map(({ name }) => ({ name, source: variableOf(name) }))
  return Object.fromEntries(
    all.flatMap(({ name, source }) => (env[source] ? [[name, { text: env[source], source }]] : [])),
  )
}

function givenInArgs(args: readonly string[]): { readonly given: GivenByFlag; readonly messages: readonly string[] } {
  const doubled = args.map(withTwoDashes)
  const lacking = doubled.filter(lacksValue)
  const messages = lacking.map((arg) => `${arg} must have a value: ${flagOf(arg.slice(2))?.help}`)
  const { tokens } = parseArgs({
    args: doubled.filter((arg) => !lacking.includes(arg)),
    options: Object.fromEntries(flags.map(({ name, short, value }) => [name, optionOf(short, value)])),
    strict: false,
    tokens: true,
  })
  const given: Partial<Record<string, Given>> = {}
  for (const token of tokens) {
    if (token.kind === 'positional') messages.push(`must have options only, got "${token.value}"`)
    if (token.kind !== 'option') continue
    const { name, rawName, value = 'true' } = token
    const mistake = mistakeIn(name, { rawName, value })
    if (mistake) messages.push(mistake)
    else given[name] = { text: value, source: `--${name}` }
  }
  return { given, messages }
}

/** Go's flags have one dash as well: -gc=dry-run. */
function withTwoDashes(arg: string): string {
  return arg.replace(/^-(?=[^-].)/, '--')
}

/** What begins with a dash is the next option. */
function lacksValue(arg: string, at: number, args: readonly string[]): boolean {
  const next = args[at + 1] ?? '-'
  return arg.startsWith('--') && flagOf(arg.slice(2))?.value !== undefined && next.startsWith('-')
}

function optionOf(short: string | undefined, value: string | undefined) {
  return { type: value ? ('string' as const) : ('boolean' as const), ...(short && { short }) }
}

function mistakeIn(name: string, { rawName, value }: { rawName: string; value: string }): string | undefined {
  const flag = flagOf(name)
  // No namespace is all of them; nothing else may be empty.
  if (flag) return value === '' && flag.fallback !== '' ? `${rawName} must have a value: ${flag.help}` : undefined
  const meant = closest(
    name,
    flags.map((known) => known.name),
  )
  return `${rawName} is not an option${meant ? `; did you mean --${meant}?` : ''}`
}

function flagOf(name: string): Flag | undefined {
  return flags.find((flag) => flag.name === name)
}
