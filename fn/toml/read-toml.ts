import { parse, TomlError } from 'smol-toml'
import type { Path } from '../../crds/validate.ts'
import { type KeyPath, type KeyPositions, keyPositions, type Position } from './key-positions.ts'

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

/** A key whose value is not that of the document, but of something that wins over it. */
export interface Override {
  readonly keys: readonly string[]
  readonly value: unknown
  /** What sets it: `--debugaddr`, `spec.tls`. */
  readonly name: string
  /** The field of the template that has it. */
  readonly field: Path
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

/** A key of a document, or, in a text that is not TOML, the place where it ends to be so. */
export interface TomlPlace {
  readonly toml: Toml
  readonly path: KeyPath
}

/** The line and column of a place in its text, both from 1. */
export function positionIn({ toml, path }: TomlPlace): Position {
  return 'error' in toml ? toml.error : toml.positions.positionOf(path)
}

/** The offset of a place in its text. */
export function offsetIn({ toml, path }: TomlPlace): number {
  if ('value' in toml) return toml.positions.offsetOf(path)
  const { line, column } = toml.error
  const linesBefore = toml.text.split('\n').slice(0, line - 1)
  return linesBefore.reduce((offset, { length }) => offset + length + 1, column - 1)
}
