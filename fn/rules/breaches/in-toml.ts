import { closest } from '../../../crds/closest.ts'
import type { Fix } from '../../../crds/validate.ts'
import { keyText, valueText } from '../../results/toml-texts.ts'
import type { KeyPath } from '../../toml/key-positions.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { isReadBy } from '../../upstream/buildkit/later-keys.ts'
import { MISTAKES_MAX } from '../../upstream/buildkit/mistakes-in.ts'
import type { Configured, TemplateFacts, Written } from '../facts/facts.ts'
import { type Breach, breachAt } from './breach.ts'

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

/** What a rule has that is about settings of the image's BuildKit. */
interface RuleOfSettings {
  readonly of: 'template'
  readonly needs: 'settings'
  readonly find: (facts: Configured) => readonly Breach[]
}

/** The same of a rule that is about `buildkitdToml` alone. */
interface RuleOfToml {
  readonly of: 'template'
  readonly needs: 'toml'
  readonly find: (facts: Written) => readonly Breach[]
}

/** A rule about what buildkitd is told and reads, by its file or by flags, in the order of the text. */
export function inToml(find: FindInToml): RuleOfSettings {
  const findRead = whatIsRead(find)
  return {
    of: 'template',
    needs: 'settings',
    find: (facts) => breachesIn(facts.settings, findRead(facts.settings, facts)),
  }
}

/** A rule about what the image's BuildKit reads of `buildkitdToml` itself. */
export function asWritten(find: FindInToml): RuleOfToml {
  return anywhereAsWritten(whatIsRead(find))
}

/** The same of a rule about all that stands there, read or not. */
export function anywhereAsWritten(find: FindInToml): RuleOfToml {
  return { of: 'template', needs: 'toml', find: (facts) => breachesIn(facts.toml, find(facts.toml, facts)) }
}

function whatIsRead(find: FindInToml): FindInToml {
  return (toml, facts) => find(toml, facts).filter(({ path }) => isReadBy(facts.image, path))
}

function breachesIn(toml: TomlDocument, found: readonly TomlBreach[]): readonly Breach[] {
  const placed = found.slice(0, MISTAKES_MAX).map((one) => ({ one, at: toml.positions.offsetOf(one.path) }))
  return placed.sort((a, b) => a.at - b.at).map(({ one }) => breachIn(toml, one))
}

/** A longer text would say no more. */
const SHOWN_MAX = 200

function breachIn(toml: TomlDocument, { path, message, value, proposedValue, fix }: TomlBreach): Breach {
  const breach = breachAt({ toml, path }, `\`${keyText(path)}\` ${message}`)
  // What a flag sets is corrected by hand: its word may have more in it.
  if (!breach.toml) return breach
  const currentValue = shown(value)
  return {
    ...breach,
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

/** The values at `keys` that are none of `choices`; an empty text stands for the default. */
export function otherThan(
  toml: TomlDocument,
  keys: readonly string[],
  choices: readonly string[],
): readonly TomlBreach[] {
  const listed = choices.map((choice) => JSON.stringify(choice)).join(', ')
  return valuesAt(toml, keys).flatMap(({ path, value }) => {
    if (typeof value !== 'string' || value === '' || choices.includes(value)) return []
    const proposedValue = choices.find((choice) => choice === value.toLowerCase()) ?? closest(value, choices)
    const message = `must be one of ${listed}, got ${valueText(value)}`
    return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
  })
}
