import { parseCommandLine as parseControllerCommand } from '../../../controller/command-line.ts'
import { parseCommandLine } from '../../../fn/commands/command-line.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import { inRepository } from '../repository-files.ts'
import type { Words } from './shell-commands.ts'

/** The subcommands that our documents may tell users to run; a new one is checked against its program by whoever adds it. */
const SUBCOMMANDS: Readonly<Record<string, string>> = {
  brew: 'tap-new install --repository',
  cosign: 'verify',
  gh: 'attestation',
  argocd: 'account admin app cluster login proj repo version',
  docker: 'build buildx info login pull push run tag version',
  flux: 'bootstrap build check create diff events export get install logs pull push reconcile resume suspend tag trace tree uninstall version',
  git: 'add apply checkout clone commit diff fetch grep init log mv pull push rebase remote rev-parse rm show status switch tag',
  helm: 'dependency diff get history install lint list package pull push registry repo rollback show status template test uninstall upgrade version',
  kpt: 'alpha fn live pkg version',
  'kpt fn': 'doc eval render sink source',
  'kpt live': 'apply destroy init install-resource-group migrate status',
  'kpt pkg': 'diff get init update',
  kubectl:
    'annotate api-resources api-versions apply attach auth cluster-info config cordon cp create delete describe diff drain edit events exec explain get kustomize label logs patch port-forward proxy replace rollout run scale taint top uncordon version wait',
  kustomize: 'build cfg create edit fn localize version',
}
const NPM_COMMANDS = ['audit', 'ci', 'install', 'link', 'test', 'run', 'start', 'exec']
/** Programs about which there is nothing to check. */
const PLAIN =
  'bash buildctl cat cd chmod cp crane curl cut diff do done echo exec export false find for grep head if install jq ln ls mkdir mktemp mv oras pip pre-commit printf read return rm sed set sh sha256sum skopeo sleep sort source tail tar tee test then time touch tr true watch while xargs yq'.split(
    ' ',
  )
const WRAPPERS = ['npx', 'sudo', 'time']
/** What a reader knows for ours when it stands at the beginning of a path. */
const OUR_PATH = /^(?:\.\/)?(?:bench|charts|config|controller|crds|demo|docs|examples|fn|test)\/[\w./-]*$/

/** What is wrong with a command that a document shows, each in a few words; undefined where its program is not known here. */
export function judgeCommand(words: Words): readonly string[] | undefined {
  const [program = '', ...args] = WRAPPERS.includes(words[0] ?? '')
    ? words.slice(1).filter((word, at) => at > 0 || !word.startsWith('-'))
    : words
  const complaints = judgeArguments(nameOf(program), args)
  if (complaints === undefined) return undefined
  const missing = words.filter((word) => OUR_PATH.test(word) && !inRepository(word))
  return [...complaints, ...missing.map((path) => `${path} is not in this repository`)]
}

/** Bundles go by the name that users type. */
function nameOf(program: string): string {
  return /^(?:\S*\/)?(?<name>render-buildkit|buildkit-controller)(?:\.cjs)?$/.exec(program)?.groups?.name ?? program
}

function judgeArguments(program: string, args: Words): readonly string[] | undefined {
  if (program === 'render-buildkit') return judgeRender(args)
  if (program === 'buildkit-controller') return judgeController(args)
  if (program === 'npm') return judgeNpm(args)
  if (program in SUBCOMMANDS) return judgeSubcommand(program, args)
  return PLAIN.includes(program) || OUR_PATH.test(program) ? [] : undefined
}

function judgeRender(args: Words): readonly string[] {
  const command = parseCommandLine(args)
  return command.kind === 'usage error' ? [`render-buildkit ${args.join(' ')}: ${command.message}`] : []
}

function judgeController(args: Words): readonly string[] {
  const command = parseControllerCommand(args, {})
  return command.kind === 'usage error' ? [`buildkit-controller ${args.join(' ')}: ${command.messages.join('; ')}`] : []
}

function judgeNpm([command = '', script = '']: Words): readonly string[] {
  if (!NPM_COMMANDS.includes(command)) return [`npm has no command "${command}" that this test knows`]
  return command === 'run' && !(script in packageJson.scripts) ? [`package.json has no script "${script}"`] : []
}

function judgeSubcommand(program: string, args: Words): readonly string[] {
  const at = args.findIndex((arg) => !arg.startsWith('-'))
  const [subcommand = ''] = at < 0 ? [] : args.slice(at)
  // What stands between a flag and its value cannot be told apart here.
  if (at !== 0) return []
  if (!(SUBCOMMANDS[program] ?? '').split(' ').includes(subcommand))
    return [`${program} has no subcommand "${subcommand}" that this test knows`]
  const nested = `${program} ${subcommand}`
  return nested in SUBCOMMANDS ? judgeSubcommand(nested, args.slice(1)) : []
}
