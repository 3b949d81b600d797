import type { TomlDocument } from '../../toml/read-toml.ts'
import { type TomlValue, valuesAt } from '../../toml/values-at.ts'
import type { Rule } from '../rule.ts'
import { templateWith } from './example.ts'
import { inToml, type TomlFinding } from './in-toml.ts'

/** Its keys, and what is written instead; undefined for a value that has no effect. */
interface Deprecated {
  readonly keys: readonly string[]
  readonly instead: (one: TomlValue) => string | undefined
}

const renamed =
  (name: string) =>
  ({ value }: TomlValue) =>
    `${name} = ${JSON.stringify(typeof value === 'bigint' ? Number(value) : value)}`

const level =
  (name: string) =>
  ({ value }: TomlValue) =>
    value === true ? `log.level = "${name}"` : undefined

/** What BuildKit's config.go marks as deprecated. */
const DEPRECATED_KEYS: readonly Deprecated[] = [
  { keys: ['debug'], instead: level('debug') },
  { keys: ['trace'], instead: level('trace') },
  { keys: ['worker', '*', 'gckeepstorage'], instead: renamed('reservedSpace') },
  { keys: ['worker', '*', 'gcpolicy', 'keepBytes'], instead: renamed('reservedSpace') },
]

/** A key that BuildKit will not read for ever. */
export const DEPRECATED: Rule = {
  id: 'BK107',
  severity: 'warning',
  what: 'A key is deprecated.',
  why: 'BuildKit still reads it and will stop to; then it is ignored without a word. Where the new key is there too, the old one is ignored already.',
  source: 'buildkit v0.34.2, cmd/buildkitd/config/config.go',
  example: {
    wrong: templateWith('[worker.oci]\ngckeepstorage = "40GB"\n'),
    right: templateWith('[worker.oci]\nreservedSpace = "40GB"\n'),
  },
  of: 'template',
  find: inToml((toml) => DEPRECATED_KEYS.flatMap((deprecated) => uses(toml, deprecated))),
}

function uses(toml: TomlDocument, { keys, instead }: Deprecated): readonly TomlFinding[] {
  return valuesAt(toml, keys).flatMap((one) => {
    const proposedValue = instead(one)
    if (proposedValue === undefined) return []
    return [{ ...one, message: `is deprecated; write \`${proposedValue}\``, proposedValue }]
  })
}
