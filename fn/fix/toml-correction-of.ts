import type { Finding } from '../results/finding.ts'
import type { KeyPath } from '../toml/key-positions.ts'
import type { KeyNode } from '../toml/key-tree.ts'
import { readToml, type TomlDocument, type TomlTable } from '../toml/read-toml.ts'
import { mistakesIn } from '../upstream/buildkit/mistakes-in.ts'
import { applied, changed, type TextEdit, type ValueChange } from '../yaml/change.ts'
import { isEqual } from '../yaml/is-equal.ts'
import { asManyAs } from './as-many-as.ts'

/** The correction of the key or value that a finding is about; undefined where none is known. */
function tomlCorrectionOf(toml: TomlDocument, finding: Finding): TomlCorrection | undefined {
  const path = finding.toml?.path ?? []
  const node = path.length > 0 ? toml.positions.nodeAt(path) : undefined
  if (!node) return undefined
  if (finding.fix?.kind === 'rename') return renamed(path, node, finding.fix.to)
  if (finding.fix?.kind === 'remove') return removed(toml.text, path, node)
  const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], toml.value)
  const wanted = newText(value, finding)
  if (wanted === undefined || !node.value) return undefined
  const setting = settingIn(wanted)
  return setting ? replaced(path, node, { text: wanted, setting }) : set(path, node, wanted)
}

function renamed(path: KeyPath, { start, end }: KeyNode, to: string): TomlCorrection | undefined {
  const [name, ...others] = Object.keys(settingIn(`${to} = 0`) ?? {})
  if (name === undefined || others.length > 0) return undefined
  return { edit: { start, end, text: to }, changes: [{ kind: 'rename', path, to: name }] }
}

function set(path: KeyPath, { value }: KeyNode, text: string): TomlCorrection | undefined {
  const parsed = settingIn(`value = ${text}`)
  if (!parsed || !value) return undefined
  return { edit: { ...value, text }, changes: [{ kind: 'set', path, value: parsed.value }] }
}

interface Setting {
  readonly text: string
  readonly setting: TomlTable
}

/** A key with its value takes the place of another. */
function replaced(path: KeyPath, { start, value }: KeyNode, { text, setting }: Setting): TomlCorrection {
  const table = path.slice(0, -1)
  const added = Object.entries(setting).map(
    ([key, one]): ValueChange => ({ kind: 'set', path: [...table, key], value: one }),
  )
  return {
    edit: { start, end: value?.end ?? start, text },
    changes: [{ kind: 'remove', path }, ...added],
  }
}

/** What may be before a key on its line: the keys of the tables that it is in. */
const BEFORE = /^[ \t]*(?:(?:[\w-]+|"[^"\\]*"|'[^']*')[ \t]*\.[ \t]*)*$/

/** A setting goes with its lines, where it has them for itself; of the last line the break before it goes. */
function removed(text: string, path: KeyPath, { start, value }: KeyNode): TomlCorrection | undefined {
  if (!value) return undefined
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const rest = /^[ \t]*(?:#.*)?(\r?\n)?/.exec(text.slice(value.end))
  if (!BEFORE.test(text.slice(lineStart, start)) || !rest) return undefined
  const end = value.end + rest[0].length
  const isLast = rest[1] === undefined
  if (isLast && end < text.length) return undefined
  const edit: TextEdit = { start: isLast ? Math.max(0, lineStart - 1) : lineStart, end, text: '' }
  return { edit, changes: [{ kind: 'remove', path }] }
}

/** What takes the place of a value, as TOML has it; a key with a value takes the place of both. */
function newText(value: unknown, { fix, currentValue, proposedValue }: Finding): string | undefined {
  if (fix?.kind === 'set') return fix.value
  if (proposedValue === undefined || String(value) !== String(currentValue)) return undefined
  const isLiteral = typeof value !== 'string' && settingIn(`value = ${proposedValue}`) !== undefined
  return isLiteral || settingIn(proposedValue) ? proposedValue : JSON.stringify(proposedValue)
}

/** What a text sets that is a key with its value. */
function settingIn(text: string): TomlTable | undefined {
  if (!/^(?:[\w.-]+|"[^"]*"|'[^']*') = /.test(text)) return undefined
  const read = readToml(text)
  return 'value' in read ? read.value : undefined
}

/** A correction of a TOML text, and what becomes of its value. */
interface TomlCorrection {
  readonly edit: TextEdit
  readonly changes: readonly ValueChange[]
}

/** Longer than anybody writes; each correction is tried on all of it. */
const LENGTH_MAX = 2 ** 14

/** The edits of a TOML text that correct as many of these findings as can be together; undefined where that is none. */
export function tomlEdits(toml: TomlDocument, findings: readonly Finding[]): readonly TextEdit[] | undefined {
  if (toml.text.length > LENGTH_MAX) return undefined
  const corrections = findings.flatMap((finding) => tomlCorrectionOf(toml, finding) ?? [])
  return asManyAs(toml.text.length, corrections, (some) =>
    isSure(toml, some) ? some.map(({ edit }) => edit) : undefined,
  )
}

/** Whether the text with these corrections made reads as just that, and has no more that BuildKit refuses. */
function isSure(toml: TomlDocument, corrections: readonly TomlCorrection[]): boolean {
  const edits = corrections.map(({ edit }) => edit)
  const text = applied(toml.text, edits)
  const after = text?.trim() ? readToml(text) : undefined
  if (!after || 'error' in after) return false
  const wanted = corrections.flatMap(({ changes }) => changes).reduce<unknown>(changed, toml.value)
  // Cloned, since the tables of the parser have no prototype.
  return isEqual(structuredClone(after.value), structuredClone(wanted)) && refusedIn(after) <= refusedIn(toml)
}

/** How many mistakes there are that are worse than a key that BuildKit ignores. */
function refusedIn(toml: TomlDocument): number {
  return mistakesIn(toml).filter(({ kind }) => kind !== 'unknown').length
}
