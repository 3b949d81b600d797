/** The words of one simple command, quotes removed. */
export type Words = readonly string[]

const ASSIGNMENT = /^[A-Za-z_]\w*=/
/** Quoted text, an operator between commands, a redirection with its target, a comment, a line's end, or a run of plain characters. */
const TOKEN =
  /(?<redirection>\d?(?:>>|>|<)(?:&\d|\s*[^\s|&;]*))|(?<word>(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|&;()<>])+)|(?<end>\n|\|\|?|&&?|;|[()])/g

/** The simple commands of a shell text: split at pipes, lists and lines, and those in `$(…)` as well. */
export function shellCommands(text: string): readonly Words[] {
  const joined = text.replaceAll(/\\\n\s*/g, ' ').replaceAll(/(?<=^|\s)#.*$/gm, '')
  const inner: string[] = []
  const outer = joined.replaceAll(/\$\(([^()]*)\)/g, (_, command: string) => {
    inner.push(command)
    return 'OUTPUT'
  })
  return [...split(outer), ...inner.flatMap(split)]
}

function split(text: string): readonly Words[] {
  const commands: string[][] = [[]]
  for (const { groups = {} } of text.matchAll(TOKEN)) {
    if (groups.end !== undefined) commands.push([])
    else if (groups.word !== undefined) commands.at(-1)?.push(unquoted(groups.word))
  }
  return commands.map(withoutAssignments).filter((words) => words.length > 0)
}

function unquoted(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (...[, ...found]) => {
    return found.slice(0, 3).find((part) => part !== undefined)
  })
}

/** A prompt is none of the command either. */
function withoutAssignments(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !ASSIGNMENT.test(word) && word !== '$')
  return first < 0 ? [] : words.slice(first)
}
