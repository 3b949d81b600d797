import { unicodeEscape } from '../yaml/unicode-escape.ts'

/** What would end a line or steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g

/** What a CI runner takes for a command: GitHub's where a line starts with it, Azure's and GitHub's old ones anywhere. */
const COMMANDS = /^\s*:(?=:)|#(?=#(?:\[|vso\[))/g

/** A text on one line that is nothing but text to terminals and CI, whatever a name or a file of somebody else has in it. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, unicodeEscape).replace(COMMANDS, (command) => unicodeEscape(command.trim()))
}
