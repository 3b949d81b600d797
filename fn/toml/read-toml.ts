import { parse, TomlError } from 'smol-toml'

/** A document of TOML 1.0: its value, or why it is none; line and column count from 1. */
export type Toml = { readonly text: string } & (
  | { readonly value: Readonly<Record<string, unknown>> }
  | { readonly error: { readonly message: string; readonly line: number; readonly column: number } }
)

/** Reads TOML; whole numbers are bigints, so that a `1` can be told from a `1.0`. */
export function readToml(text: string): Toml {
  try {
    return { text, value: parse(text, { integersAsBigInt: true }) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // The message goes on with an excerpt of the document.
    const [message = ''] = error.message.replace('Invalid TOML document: ', '').split('\n')
    return { text, error: { message, line: error.line, column: error.column } }
  }
}
