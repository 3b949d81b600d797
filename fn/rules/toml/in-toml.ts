import type { Fix } from '../../../crds/validate.ts'
import type { KeyPath } from '../../toml/key-positions.ts'
import { keyText } from '../../toml/key-text.ts'
import { MISTAKES_MAX } from '../../toml/mistakes-in.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { TOML_FIELD } from '../../toml/value-at.ts'
import type { Breach } from '../breach.ts'
import type { TemplateFacts } from '../facts.ts'
import { isReadBy } from './is-read-by.ts'

/** What is wrong with a key of `buildkitdToml`. */
export interface TomlBreach {
  readonly path: KeyPath
  /** Goes on after the key: "must be …, got …". */
  readonly message: string
  readonly value?: unknown
  readonly proposedValue?: string
  readonly fix?: Fix
}

type FindInToml = (toml: TomlDocument, facts: TemplateFacts) => readonly TomlBreach[]

/** The `find` of a rule about what the image's BuildKit reads of `buildkitdToml`, where that is TOML, in the order of the text. */
export function inToml(find: FindInToml): (facts: TemplateFacts) => readonly Breach[] {
  return anywhereInToml((toml, facts) => find(toml, facts).filter(({ path }) => isReadBy(facts.image, path)))
}

/** The same of a rule about all that stands there, read or not. */
export function anywhereInToml(find: FindInToml): (facts: TemplateFacts) => readonly Breach[] {
  return (facts) => {
    const { toml } = facts
    if (!(toml && 'value' in toml)) return []
    const found = find(toml, facts).slice(0, MISTAKES_MAX)
    const placed = found.map((one) => ({ one, at: toml.positions.offsetOf(one.path) }))
    return placed.sort((a, b) => a.at - b.at).map(({ one }) => breachIn(toml, one))
  }
}

/** A longer text would say no more. */
const SHOWN_MAX = 200

function breachIn(toml: TomlDocument, { path, message, value, proposedValue, fix }: TomlBreach): Breach {
  const currentValue = shown(value)
  return {
    path: TOML_FIELD,
    message: `\`${keyText(path)}\` ${message}`,
    toml: { toml, path },
    ...(currentValue !== undefined && { currentValue }),
    ...(proposedValue !== undefined && { proposedValue }),
    ...(fix && { fix }),
  }
}

/** A value as results, which are JSON, can have it. */
function shown(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'boolean') return value
  return typeof value === 'string' && value.length <= SHOWN_MAX ? value : undefined
}
