import { parse, TomlError } from 'smol-toml'
import { type KeyPositions, keyPositions } from './key-positions.ts'
import type { Override } from './override.ts'

/** A document of TOML 1.0: its value, or why it is none; line and column count from 1. */
export type Toml = TomlDocument | TomlFailure

export interface TomlDocument {
  readonly text: string
  readonly value: TomlTable
  readonly positions: KeyPositions
  /** What `value` has that `text` does not say, and the document without it. */
  readonly overrides?: readonly Override[]
  readonly original?: TomlDocument
}

export type TomlTable = Readonly<Record<string, unknown>>

interface TomlFailure {
  readonly text: string
  readonly error: { readonly message: string; readonly line: number; readonly column: number }
}

const BYTE_ORDER_MARK = '\ufeff'

/** Reads TOML; whole numbers are bigints, so that a `1` can be told from a `1.0`. */
export function readToml(text: string): Toml {
  if (text.startsWith(BYTE_ORDER_MARK)) return { text, error: { message: 'byte order mark', line: 1, column: 1 } }
  try {
    return { text, value: parse(text, { integersAsBigInt: true }), positions: keyPositions(text) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // The message goes on with an excerpt of the document.
    const [message = ''] = error.message.replace('Invalid TOML document: ', '').split('\n')
    return { text, error: { message, line: error.line, column: error.column } }
  }
}
