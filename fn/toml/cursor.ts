/** A place in a document that is known to be TOML. */
export interface Cursor {
  readonly text: string
  at: number
}

/** Goes on behind spaces and tabs. */
export function skipBlank(cursor: Cursor): void {
  skip(cursor, /[ \t]*/y)
}

/** Goes on behind spaces, ends of lines and comments. */
export function skipVoid(cursor: Cursor): void {
  skip(cursor, /[\s\ufeff]*/y)
  while (cursor.text[cursor.at] === '#') {
    skip(cursor, /[^\n]*/y)
    skip(cursor, /\s*/y)
  }
}

/** Goes on behind a scalar that is no text; a date may have a blank before its time. */
export function skipBare(cursor: Cursor): void {
  skip(cursor, /\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+/y)
}

/** Goes on behind a text in quotes. */
export function skipString(cursor: Cursor): void {
  const { text } = cursor
  const quote = text[cursor.at] as string
  const end = text.startsWith(quote.repeat(3), cursor.at) ? quote.repeat(3) : quote
  cursor.at += end.length
  while (cursor.at < text.length && !text.startsWith(end, cursor.at)) {
    cursor.at += quote === '"' && text[cursor.at] === '\\' ? 2 : 1
  }
  cursor.at += end.length
  // Two quotes may stand right before the three that end a long text.
  while (end.length === 3 && text[cursor.at] === quote) cursor.at += 1
}

function skip(cursor: Cursor, pattern: RegExp): void {
  pattern.lastIndex = cursor.at
  cursor.at += pattern.exec(cursor.text)?.[0].length ?? 0
}
