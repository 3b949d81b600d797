import { usage, versionLine } from '../commands/options.ts'

/** What is printed for these arguments where no renderer is needed; undefined where one is. Other spellings are left to the command line. */
export function answerTo(args: readonly string[]): string | undefined {
  if (args.length !== 1) return undefined
  switch (args[0]) {
    case '--version':
      return versionLine()
    case '--help':
    case '-h':
    case 'help':
      return usage()
    default:
      return undefined
  }
}
