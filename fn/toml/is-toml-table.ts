import type { TomlTable } from './read-toml.ts'

/** Whether a value is a table, and not a list or a date. */
export function isTomlTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
