import { type Option, optionLines } from '../../crds/options.ts'

interface CommandOption extends Option {
  /** The commands that take it; left out for one that is asked for alone. */
  readonly commands?: readonly string[]
}

/** The commands, with what they are given and what they do. */
const COMMANDS = [
  ['build', '[PATH... | -]', 'print manifests with their Pods, ready for kubectl apply -f -'],
  ['check', '[PATH... | -]', 'exit 1 where rendered Pods are missing, stale or edited'],
  ['find', '[PATH... | -]', 'print the files with Buildkits that have no podName yet'],
  ['fix', '[PATH...]', 'correct in place what has one obvious correction'],
  [
    'migrate',
    '[PATH... | -]',
    'print what kubectl gets of seatgeek/buildkit-operator as manifests for Git,\nand what will be different',
  ],
  ['explain', '[ID...]', 'what a rule means, and why; all of them in brief without an id'],
] as const

export type CommandName = (typeof COMMANDS)[number][0]

export const COMMAND_NAMES = COMMANDS.map(([name]) => name)

/** Every option, in the order of the help text. */
export const OPTIONS = [
  {
    name: 'config',
    value: 'FILE',
    commands: ['build', 'check', 'fix'],
    help: 'a RenderBuildkit or ConfigMap that configures build, check and fix, over one beside the manifests',
  },
  {
    name: 'argocd-plugin',
    commands: ['build', 'check'],
    help: 'configure build and check by the parameters of the Argo CD Application',
  },
  {
    name: 'output',
    value: 'FORMAT',
    commands: ['check'],
    help: 'what check writes on standard output, for programs: json, sarif or github',
  },
  {
    name: 'unrendered',
    commands: ['check'],
    help: 'check manifests whose Pods are rendered elsewhere, and say nothing of Pods that are missing',
  },
  { name: 'dry-run', commands: ['fix'], help: 'print what fix would change as a diff, and change nothing' },
  {
    name: 'into',
    value: 'FOLDER',
    commands: ['migrate'],
    help: "where migrate writes new files, one for each object; standard output then has the\nkubectl commands by which buildkit-controller takes over the operator's Pods",
  },
  { name: 'help', short: 'h', help: 'print this' },
  { name: 'version', help: 'print the version' },
] as const satisfies readonly CommandOption[]

export type OptionName = (typeof OPTIONS)[number]['name']

/** The commands that take an option; undefined for one that is asked for alone. */
export function commandsOf(name: OptionName): readonly string[] | undefined {
  const options: readonly CommandOption[] = OPTIONS
  return options.find((option) => option.name === name)?.commands
}

export function usage(): string {
  return `render-buildkit expands Buildkits and BuildkitTemplates into Pods.

Usage:
${[['', '', 'as a KRM function: a ResourceList on standard input'], ...COMMANDS].map(usageLine).join('\n')}

Options:
${optionLines(OPTIONS)}

Exit codes: 0 fine, 1 the input has errors, 2 usage, 70 a bug in render-buildkit,
74 standard input could not be read, or standard output could not be written completely.
`
}

const USAGE_WIDTH = 43

function usageLine([name, argument, help = '']: readonly string[]): string {
  const left = `  render-buildkit ${name} ${argument}`.trimEnd()
  return `${left.padEnd(USAGE_WIDTH)}${help.replaceAll('\n', `\n${' '.repeat(USAGE_WIDTH)}`)}`
}
