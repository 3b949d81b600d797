import { type Option, optionLines, readArguments } from '../crds/options.ts'

const OPTIONS = [
  {
    name: 'version',
    value: 'X.Y.Z',
    help: 'the version to release, which package.json, the chart and CHANGELOG.md must have',
  },
  {
    name: 'builder',
    value: 'NAME',
    help: 'the builder of `docker buildx` that builds the images; without it, they are left out',
  },
  { name: 'output', value: 'FOLDER', fallback: 'dist/release', help: 'the folder for the artifacts' },
  { name: 'twice', help: 'make everything twice, and fail unless both have the same bytes' },
  { name: 'help', short: 'h', help: 'print this help' },
] as const satisfies readonly Option[]

export interface ReleaseOptions {
  readonly version: string
  readonly builder: string | undefined
  readonly output: string
  readonly twice: boolean
}

export const HELP = `npm run release -- --version X.Y.Z [OPTION...]

Makes everything that a release consists of, and publishes nothing.

${optionLines(OPTIONS)}
`

/** What the arguments ask for; undefined for help. Throws with every mistake in them. */
export function parseOptions(args: readonly string[]): ReleaseOptions | undefined {
  const { given, positionals, messages } = readArguments(args, OPTIONS)
  if (given.help) return undefined
  const version = given.version?.text ?? ''
  const mistakes = [...messages, ...positionals.map((text) => `arguments must be options, got "${text}"`)]
  for (const { name } of OPTIONS) {
    const times = args.filter((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)).length
    if (times > 1) mistakes.push(`--${name} must be given once, got it ${times} times`)
  }
  if (!/^\d+\.\d+\.\d+$/.test(version)) mistakes.push(`--version must be a version such as 0.2.0, got "${version}"`)
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  return {
    version,
    builder: given.builder?.text,
    output: given.output?.text ?? 'dist/release',
    twice: given.twice !== undefined,
  }
}
