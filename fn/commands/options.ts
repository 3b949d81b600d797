import { type Option, optionLines } from '../../crds/options.ts'
import packageJson from '../../package.json' with { type: 'json' }

interface CommandOption extends Option {
  /** The commands that take it; left out for one that is asked for alone. */
  readonly commands?: readonly string[]
}

/** The commands, with what they are given and what they do. */
const COMMANDS = [
  ['build', '[PATH... | -]', 'print manifests with their Pods, ready for kubectl apply -f -'],
  ['check', '[PATH... | -]', 'exit 1 where rendered Pods are missing, stale or edited'],
  ['find', '[PATH... | -]', 'print the files with Buildkits that have no podName yet'],
  ['fix', '[PATH...]', 'correct in place each mistake that has one correction'],
  [
    'migrate',
    '[PATH... | -]',
    'turn what kubectl gets of seatgeek/buildkit-operator into manifests for Git,\nand report what changes',
  ],
  [
    'diff',
    'OLD NEW',
    'print what a change does to builders: who rolls and why, caches, requests, findings;\nor diff --base REVISION [PATH], against a commit',
  ],
  ['tree', '[PATH... | -]', 'print templates, their Buildkits and what each renders to'],
  ['explain', '[ID...]', 'explain rules; without an ID, list all of them'],
] as const

export const COMMAND_NAMES = COMMANDS.map(([name]) => name)

/** Every option, in the order of the help text. */
export const OPTIONS = [
  {
    name: 'config',
    value: 'FILE',
    commands: ['build', 'check', 'diff', 'fix', 'tree'],
    help: 'configure the command with this RenderBuildkit or ConfigMap, not with the one beside the manifests',
  },
  {
    name: 'argocd-plugin',
    commands: ['build', 'check'],
    help: 'configure the command with the parameters of the Argo CD Application',
  },
  {
    name: 'output',
    value: 'FORMAT',
    commands: ['check', 'diff', 'tree'],
    help: 'check: also write results to standard output, as json, sarif or github;\ndiff: write text, markdown or json; tree: write text or mermaid',
  },
  {
    name: 'unrendered',
    commands: ['check'],
    help: 'check manifests whose Pods are rendered elsewhere, and do not report missing Pods',
  },
  {
    name: 'base',
    value: 'REVISION',
    commands: ['diff'],
    help: 'compare with what this commit, branch or tag has at PATH',
  },
  {
    name: 'fail-on',
    value: 'A,B',
    commands: ['diff'],
    help: 'exit 1 if the change has one of these: roll, loss (of a cache), finding',
  },
  {
    name: 'prices',
    value: 'FILE',
    commands: ['diff'],
    help: 'also say what requests cost, by this price list',
  },
  { name: 'dry-run', commands: ['fix'], help: 'print the corrections as a diff, and change nothing' },
  {
    name: 'into',
    value: 'FOLDER',
    commands: ['migrate'],
    help: "write one new file for each object to this folder; standard output then has the\nkubectl commands that hand the operator's Pods over to buildkit-controller",
  },
  { name: 'help', short: 'h', help: 'print this help' },
  { name: 'version', help: 'print the version' },
] as const satisfies readonly CommandOption[]

/** What `--output` takes. */
export const OUTPUT_FORMATS = ['json', 'sarif', 'github'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

/** What `--output` takes of `diff`; the first is what it writes without. */
export const DIFF_FORMATS = ['text', 'markdown', 'json'] as const
export type DiffFormat = (typeof DIFF_FORMATS)[number]

/** What `--output` takes of `tree`; the first is what it writes without. */
export const TREE_FORMATS = ['text', 'mermaid'] as const
export type TreeFormat = (typeof TREE_FORMATS)[number]

/** What `--fail-on` takes. */
export const FAIL_ON = ['roll', 'loss', 'finding'] as const
export type FailOn = (typeof FAIL_ON)[number]

export type OptionName = (typeof OPTIONS)[number]['name']

/** The commands that take an option; undefined for one that is asked for alone. */
export function commandsOf(name: OptionName): readonly string[] | undefined {
  const options: readonly CommandOption[] = OPTIONS
  return options.find((option) => option.name === name)?.commands
}

/** What `--version` prints. */
export function versionLine(): string {
  return `render-buildkit ${packageJson.version}\n`
}

/** What `--help` prints. */
export function usage(): string {
  return `render-buildkit expands Buildkits and BuildkitTemplates into Pods.

Usage:
${[['', '', 'as a KRM function: a ResourceList on standard input'], ...COMMANDS].map(usageLine).join('\n')}

A PATH is a file or a folder, and - is standard input. Without one, build, check, find and migrate read standard
input, and fix, tree and diff --base this folder.

Options:
${optionLines(OPTIONS)}

Exit codes: 0 success, 1 the input has errors, 2 wrong usage, 70 a bug in render-buildkit,
74 standard input could not be read, or standard output could not be written completely.
`
}

const USAGE_WIDTH = 43

function usageLine([name, argument, help = '']: readonly string[]): string {
  const left = `  render-buildkit ${name} ${argument}`.trimEnd()
  return `${left.padEnd(USAGE_WIDTH)}${help.replaceAll('\n', `\n${' '.repeat(USAGE_WIDTH)}`)}`
}
