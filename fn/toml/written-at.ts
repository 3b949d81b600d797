import { isSecretName } from '../results/without-secrets.ts'
import type { KeyPath } from './key-positions.ts'
import type { TomlDocument } from './read-toml.ts'
import { valueText } from './value-text.ts'

/** A value as the document has it, numbers as they are written, on one line and cut where it is long. */
export function writtenAt({ positions }: TomlDocument, path: KeyPath, value: unknown): string {
  if (isSecretName(String(path.at(-1)))) return 'a value that is not shown'
  const isNumber = typeof value === 'bigint' || typeof value === 'number'
  return (isNumber ? positions.valueText(path) : undefined) ?? valueText(value)
}
