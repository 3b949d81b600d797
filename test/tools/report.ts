import type { Tool } from './tool.ts'

/** What became of one tool. */
export interface Outcome {
  readonly tool: Tool
  readonly result: 'built' | 'found' | 'failed'
  /** What the compiler wrote last, where it failed. */
  readonly reason?: string
}

/** What was built and what was not, and why. */
export function report(outcomes: readonly Outcome[]): string {
  const names = (result: Outcome['result']) =>
    outcomes.filter((outcome) => outcome.result === result).map(({ tool }) => tool.name)
  const failed = outcomes.filter(({ result }) => result === 'failed')
  return [
    ...listed('built', names('built')),
    ...listed('already there', names('found')),
    ...listed('not built', names('failed')),
    ...failed.map(({ tool, reason }) => `  ${tool.name}: ${reason}${tool.needs ? `; it needs ${tool.needs}` : ''}`),
    ...(failed.length > 0 ? ['`npm test` skips what needs them. Type `npm run tools` again to build only these.'] : []),
  ].join('\n')
}

function listed(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what} (${names.length}): ${names.join(', ')}`]
}
