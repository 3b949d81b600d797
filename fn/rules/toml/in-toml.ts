import type { Fix } from '../../../crds/validate.ts'
import type { KeyPath, Position } from '../../toml/key-positions.ts'
import { keyText } from '../../toml/key-text.ts'
import { MISTAKES_MAX } from '../../toml/mistakes-in.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import type { TemplateFacts } from '../facts.ts'
import type { Finding } from '../finding.ts'
import { isReadBy } from './is-read-by.ts'

/** What is wrong with a key of `buildkitdToml`. */
export interface TomlFinding {
  readonly path: KeyPath
  /** Goes on after the key: "must be …, got …". */
  readonly message: string
  readonly value?: unknown
  readonly proposedValue?: string
  readonly fix?: Fix
}

type FindInToml = (toml: TomlDocument, facts: TemplateFacts) => readonly TomlFinding[]

/** The `find` of a rule about what the image's BuildKit reads of `buildkitdToml`, where that is TOML, in the order of the text. */
export function inToml(find: FindInToml): (facts: TemplateFacts) => readonly Finding[] {
  return anywhereInToml((toml, facts) => find(toml, facts).filter(({ path }) => isReadBy(facts.image, path)))
}

/** The same of a rule about all that stands there, read or not. */
export function anywhereInToml(find: FindInToml): (facts: TemplateFacts) => readonly Finding[] {
  return (facts) => {
    const { toml } = facts
    if (!(toml && 'value' in toml)) return []
    const found = find(toml, facts).slice(0, MISTAKES_MAX)
    const placed = found.map((finding) => ({ finding, at: toml.positions.positionOf(finding.path) }))
    return placed.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column).map(findingAt)
  }
}

/** A longer text would say no more. */
const SHOWN_MAX = 200

function findingAt({ finding, at }: { readonly finding: TomlFinding; readonly at: Position }): Finding {
  const { path, message, value, proposedValue, fix } = finding
  const currentValue = shown(value)
  return {
    path: 'spec.buildkitdToml',
    message: `\`${keyText(path)}\` ${message}`,
    toml: at,
    ...(currentValue !== undefined && { currentValue }),
    ...(proposedValue !== undefined && { proposedValue }),
    ...(fix && { fix }),
  }
}

/** A value as results can have it. */
function shown(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' && value.length <= SHOWN_MAX ? value : undefined
}
