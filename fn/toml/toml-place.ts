import type { KeyPath, Position } from './key-positions.ts'
import type { Toml } from './read-toml.ts'

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
