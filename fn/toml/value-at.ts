import { isTomlTable } from './is-toml-table.ts'
import type { KeyPath, Position } from './key-positions.ts'
import type { Toml, TomlDocument } from './read-toml.ts'

/** A value of a document, with its keys as they are written there. */
export interface TomlValue {
  readonly toml: TomlDocument
  readonly path: KeyPath
  readonly value: unknown
}

/** The value under `keys`, undefined where there is none. Capitals make no difference to BuildKit (go-toml). */
export function valueAt(toml: Toml | undefined, keys: readonly string[]): TomlValue | undefined {
  if (!(toml && 'value' in toml)) return undefined
  return keys.reduce<TomlValue | undefined>(child, { toml, path: [], value: toml.value })
}

/** The value of a key in a table. */
export function child(table: TomlValue | undefined, name: string): TomlValue | undefined {
  if (!(table && isTomlTable(table.value))) return undefined
  const key = Object.hasOwn(table.value, name) ? name : otherSpelling(table.value, name)
  if (key === undefined) return undefined
  return { toml: table.toml, path: [...table.path, key], value: table.value[key] }
}

/** The tables in a list of tables. */
export function tablesIn(list: TomlValue | undefined): readonly TomlValue[] {
  if (!(list && Array.isArray(list.value))) return []
  return list.value.flatMap((value: unknown, at) => {
    return isTomlTable(value) ? [{ toml: list.toml, path: [...list.path, at], value }] : []
  })
}

/** What a finding about a value in `buildkitdToml` has. */
export function placeOf({ toml, path }: TomlValue): { readonly path: string; readonly toml: Position } {
  return { path: 'spec.buildkitdToml', toml: toml.positions.positionOf(path) }
}

function otherSpelling(table: Readonly<Record<string, unknown>>, name: string): string | undefined {
  return Object.keys(table).find((key) => key.toLowerCase() === name.toLowerCase())
}
