import { BUILDKITD_FLAGS } from './buildkitd-flags.ts'

/** A flag of buildkitd in a template's `command`. */
export interface CommandFlag {
  /** Without its dashes. */
  readonly name: string
  /** Empty for a flag that stands alone. */
  readonly value: string
  /** The place in `command` of the word that names it. */
  readonly at: number
}

interface Word {
  readonly text: string
  readonly at: number
}

const BUILDKITD = /(?:^|\/)buildkitd(?:-entrypoint)?$/
const SHELL = /(?:^|\/)(?:ba|da|a)?sh$/
const ENDS_A_COMMAND = /^(?:;|&&?|\|\|?)$/
/** The programs of BuildKit's images that end in buildkitd. */
const PROGRAM = /(?:^|\/)(?:buildkitd|buildkitd-entrypoint|rootlesskit)$/

/** Whether a command is buildkitd itself, and no script that may do something before. */
export function startsBuildkitd(command: readonly string[]): boolean {
  return PROGRAM.test(command[0] ?? '')
}

/** Flags without a value that set no key of their own. */
const SWITCHES = ['debug', 'trace']

/** The flags with which a command starts buildkitd, as far as its words tell; in a shell script those of the first buildkitd in it. */
export function commandFlags(command: readonly string[]): readonly CommandFlag[] {
  const words = SHELL.test(command[0] ?? '') ? command.flatMap(wordsOfScript) : command.map(asWord)
  const start = words.findIndex(({ text }) => BUILDKITD.test(text))
  return start < 0 ? [] : flagsIn(words.slice(start + 1))
}

function asWord(text: string, at: number): Word {
  return { text, at }
}

function wordsOfScript(script: string, at: number): readonly Word[] {
  const texts = script.replace(/(&&|\|\||[;&|\n])/g, ' $1 ').split(/[ \t\r]+/)
  return texts.map((text) => asWord(text.replaceAll(/["']/g, ''), at))
}

function flagsIn(words: readonly Word[]): readonly CommandFlag[] {
  const flags: CommandFlag[] = []
  for (let next = 0; next < words.length; next++) {
    const { text, at } = words[next] as Word
    if (text === '--' || ENDS_A_COMMAND.test(text) || text === '\n') break
    const [, name = '', given] = /^--?([a-z][\w-]*)(?:=(.*))?$/s.exec(text) ?? []
    if (name === '') continue
    const isAlone = given !== undefined || SWITCHES.includes(name) || BUILDKITD_FLAGS.get(name)?.kind === 'boolean'
    if (!isAlone) next += 1
    flags.push({ name, value: given ?? (isAlone ? '' : (words[next]?.text ?? '')), at })
  }
  return flags
}
