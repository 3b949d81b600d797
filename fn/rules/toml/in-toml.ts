import type { KeyPath } from '../../toml/key-positions.ts'
import { keyText } from '../../toml/key-text.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import type { TemplateFacts } from '../facts.ts'
import type { Finding } from '../finding.ts'

/** What is wrong with a key of `buildkitdToml`. */
export interface TomlFinding {
  readonly path: KeyPath
  /** Goes on after the key: "must be …, got …". */
  readonly message: string
  readonly value?: unknown
  readonly proposedValue?: string
}

/** The `find` of a rule about what stands in `buildkitdToml`, where that is TOML. */
export function inToml(
  find: (toml: TomlDocument, facts: TemplateFacts) => readonly TomlFinding[],
): (facts: TemplateFacts) => readonly Finding[] {
  return (facts) => {
    const { toml } = facts
    return toml && 'value' in toml ? find(toml, facts).map((finding) => findingIn(toml, finding)) : []
  }
}

/** A longer text would say no more. */
const SHOWN_MAX = 200

function findingIn(toml: TomlDocument, { path, message, value, proposedValue }: TomlFinding): Finding {
  const currentValue = shown(value)
  return {
    path: 'spec.buildkitdToml',
    message: `\`${keyText(path)}\` ${message}`,
    toml: toml.positions.positionOf(path),
    ...(currentValue !== undefined && { currentValue }),
    ...(proposedValue !== undefined && { proposedValue }),
  }
}

/** A value as results can have it. */
function shown(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' && value.length <= SHOWN_MAX ? value : undefined
}
