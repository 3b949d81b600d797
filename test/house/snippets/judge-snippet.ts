import { transformSync } from 'esbuild'
import { judgeCommand } from './judge-command.ts'
import { judgeYaml } from './judge-yaml.ts'
import { shellCommands } from './shell-commands.ts'
import type { Snippet } from './snippets-in.ts'

/** Languages of snippets that nobody can run, or for which there is no parser here. */
const UNREAD = ['text', 'diff', 'dockerfile', 'go', 'lua', 'promql', 'toml']
const SHELL = ['sh', 'bash', 'shell']
/** Commands among output, or a picture. */
const MIXED = ['', 'console']

/** What is wrong with a snippet of a document, each in a few words. */
export function judgeSnippet({ language, text }: Snippet): readonly string[] {
  if (UNREAD.includes(language)) return []
  if (language === 'yaml') return judgeYaml(text)
  if (language === 'json') return complaintOf(() => JSON.parse(text))
  if (language === 'ts') return complaintOf(() => transformSync(text, { loader: 'ts', logLevel: 'silent' }))
  if (SHELL.includes(language)) return judgeShell(spelled(text))
  if (MIXED.includes(language)) return judgeShell(commandLinesOf(spelled(text)))
  return [`"${language}" is no language that this test knows`]
}

/** One line for each command; the usage of a command, `[OPTION]…`, stands for what may be left out. */
function spelled(text: string): string {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .replaceAll(/(?<=\s)\[[^\]\n]*\](?=\s|$)/g, '')
    .replaceAll(/ …(?=\s|$)/g, '')
}

/** The lines that begin with a program that we know. */
function commandLinesOf(text: string): string {
  const lines = text.split('\n').filter((line) => judgeCommand(shellCommands(line)[0] ?? []) !== undefined)
  return lines.join('\n')
}

function judgeShell(text: string): readonly string[] {
  const functions = [...text.matchAll(/^(\w+)\(\)/gm)].map(([, name]) => name)
  return shellCommands(text)
    .filter(([program]) => !functions.includes(program))
    .flatMap((words) => judgeCommand(words) ?? [`"${words[0]}" is no program that this test knows`])
}

function complaintOf(parse: () => unknown): readonly string[] {
  try {
    parse()
    return []
  } catch (error) {
    return [(error as Error).message.split('\n')[0] ?? '']
  }
}
