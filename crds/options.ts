import { parseArgs } from 'node:util'
import { closest } from './closest.ts'

/** An option of a program: how it is parsed, and what help text and documentation say of it. */
export interface Option {
  readonly name: string
  readonly short?: string
  /** What stands for its value in the help text; an option without one is on or off. */
  readonly value?: string
  /** Its value where it is not given. */
  readonly fallback?: string
  /** A line of help; further lines continue it. */
  readonly help: string
}

/** What an option was set to, and by what: `--gc`, or an environment variable. */
export interface Given {
  readonly text: string
  readonly source: string
}

/** What arguments say, and every mistake in them. */
export interface Arguments {
  /** By the names of options. */
  readonly given: Readonly<Partial<Record<string, Given>>>
  readonly positionals: readonly string[]
  readonly messages: readonly string[]
}

/** Reads `args` (without node and the script). Options may have one dash, as those of Go programs; none follows `--`. */
export function readArguments(args: readonly string[], options: readonly Option[]): Arguments {
  const [before, after] = partedAt('--', args)
  const doubled = before.map(withTwoDashes)
  const lacking = doubled.filter((arg, at) => lacksValue(arg, doubled[at + 1], options))
  const messages = lacking.map((arg) => `${arg} must have a value: ${oneLine(optionOf(arg, options)?.help)}`)
  const { tokens } = parseArgs({
    args: doubled.filter((arg) => !lacking.includes(arg)),
    options: Object.fromEntries(options.map((option) => [option.name, parsedAs(option)])),
    strict: false,
    tokens: true,
  })
  const given: Partial<Record<string, Given>> = {}
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value = 'true' } = token
    const mistake = mistakeIn({ rawName, value }, options)
    if (mistake) messages.push(mistake)
    else given[name] = { text: value, source: `--${name}` }
  }
  return { given, positionals: [...positionals, ...after], messages }
}

/** The arguments before and after a word, without it. */
function partedAt(word: string, args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = args.indexOf(word)
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at + 1)]
}

function withTwoDashes(arg: string): string {
  return arg.replace(/^-(?=[^-].)/, '--')
}

/** What begins with a dash is the next option; a dash alone is standard input. */
function lacksValue(arg: string, next = '--', options: readonly Option[]): boolean {
  return optionOf(arg, options)?.value !== undefined && next.startsWith('-') && next !== '-'
}

function parsedAs({ short, value }: Option) {
  return { type: value ? ('string' as const) : ('boolean' as const), ...(short && { short }) }
}

function mistakeIn(
  { rawName, value }: { readonly rawName: string; readonly value: string },
  options: readonly Option[],
): string | undefined {
  const option = optionOf(rawName, options)
  if (option && !option.value && value !== 'true' && value !== 'false')
    return `${rawName} must be true or false, got "${value}"`
  // An option that is empty by default may be set to nothing.
  if (option)
    return value === '' && option.fallback !== '' ? `${rawName} must have a value: ${oneLine(option.help)}` : undefined
  const meant = closest(
    rawName.replace(/^-+/, ''),
    options.map(({ name }) => name),
  )
  return `${rawName} is not an option${meant ? `; did you mean --${meant}?` : ''}`
}

function oneLine(help = ''): string {
  return help.replaceAll('\n', ' ')
}

/** The option that an argument such as `--gc` or `-h` is. */
function optionOf(arg: string, options: readonly Option[]): Option | undefined {
  return options.find(({ name, short }) => arg === `--${name}` || arg === `-${short}`)
}

/** The options as a help text lists them, a line each. */
export function optionLines(options: readonly Option[]): string {
  const left = options.map(
    ({ name, short, value }) => `  --${name}${short ? `, -${short}` : ''}${value ? ` ${value}` : ''}`,
  )
  const width = Math.max(...left.map(({ length }) => length)) + 2
  return options
    .map(({ help, fallback }, at) => {
      const text = `${help}${fallback ? ` (${fallback})` : ''}`
      return `${left[at]?.padEnd(width)}${text.replaceAll('\n', `\n${' '.repeat(width)}`)}`
    })
    .join('\n')
}
