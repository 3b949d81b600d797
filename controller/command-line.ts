import { type Option, readArguments } from '../crds/options.ts'
import { OPTIONS, variableOf } from './options.ts'
import { type GivenByName, settingsOf } from './read-settings.ts'
import type { Settings } from './settings.ts'

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'run'; readonly settings: Settings }
  | { readonly kind: 'usage error'; readonly messages: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const options: readonly Option[] = OPTIONS

/** The command that `args` (without node and the script) and the environment ask for; every mistake in them at once. */
export function parseCommandLine(args: readonly string[], env: Environment): Command {
  const { given, positionals, messages: mistakes } = readArguments(args, options)
  for (const kind of ['help', 'version'] as const) {
    if (given[kind] && given[kind].text !== 'false') return { kind }
  }
  const { settings, messages } = settingsOf({ ...defaults(), ...givenInEnvironment(env), ...given })
  const unexpected = positionals.map((text) => `must have options only, got "${text}"`)
  const all = [...mistakes, ...unexpected, ...messages]
  return all.length > 0 ? { kind: 'usage error', messages: all } : { kind: 'run', settings }
}

function defaults(): GivenByName {
  const withDefault = options.filter(({ fallback }) => fallback !== undefined)
  return Object.fromEntries(
    withDefault.map(({ name, fallback = '' }) => [name, { text: fallback, source: `--${name}` }]),
  )
}

/** A variable that is empty is as good as none. */
function givenInEnvironment(env: Environment): GivenByName {
  const all = options.map(({ name }) => ({ name, source: variableOf(name) }))
  return Object.fromEntries(
    all.flatMap(({ name, source }) => (env[source] ? [[name, { text: env[source], source }]] : [])),
  )
}
