import { type KeyPath, keyPositions, type Position } from './key-positions.ts'
import type { Toml } from './read-toml.ts'

/** A value of a document, with its keys as they are written there. */
export interface TomlValue {
  readonly toml: Toml
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
  if (!(table && isTable(table.value))) return undefined
  const key = Object.hasOwn(table.value, name) ? name : otherSpelling(table.value, name)
  if (key === undefined) return undefined
  return { toml: table.toml, path: [...table.path, key], value: table.value[key] }
}

/** The tables in a list of tables. */
export function tablesIn(list: TomlValue | undefined): readonly TomlValue[] {
  if (!(list && Array.isArray(list.value))) return []
  return list.value.flatMap((value: unknown, at) => {
    return isTable(value) ? [{ toml: list.toml, path: [...list.path, at], value }] : []
  })
}

/** What a finding about a value in `buildkitdToml` has. */
export function placeOf({ toml, path }: TomlValue): { readonly path: string; readonly toml: Position } {
  return { path: 'spec.buildkitdToml', toml: positionsIn(toml).positionOf(path) }
}

const known = new WeakMap<Toml, ReturnType<typeof keyPositions>>()

function positionsIn(toml: Toml): ReturnType<typeof keyPositions> {
  const positions = known.get(toml) ?? keyPositions(toml.text)
  known.set(toml, positions)
  return positions
}

function otherSpelling(table: Readonly<Record<string, unknown>>, name: string): string | undefined {
  return Object.keys(table).find((key) => key.toLowerCase() === name.toLowerCase())
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
