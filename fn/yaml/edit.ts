import type { Document } from 'yaml'
import { blockEdit } from './block-edit.ts'
import { applied, type Change, changed, type DocumentEdit } from './change.ts'
import { isEqual } from './is-equal.ts'
import { parseNodes } from './parse-nodes.ts'
import { readYaml } from './read-yaml.ts'
import { textEdit } from './text-edits.ts'

/** Makes changes of one text, which is read once. */
type Editor = (changes: readonly Change[]) => string | undefined

/**
 * The text of one document, or of an item of a block sequence, with changes made and every other byte as it was. Undefined where that
 * cannot be done, or where the text would not read back as what was meant: then somebody must do it by hand.
 * `value` is what the text says, where that is known.
 * Invariant: what is edited reads back as it was meant.
 */
export function editorOf(text: string, value = valueIn(text)): Editor {
  let document: Document.Parsed | undefined
  return (changes) => {
    const [change, ...others] = changes
    if (!change || value === undefined) return undefined
    const inBlock = others.length === 0 ? blockEdit(text, change) : undefined
    const made = inBlock && verified({ text, value }, [inBlock])
    if (made !== undefined) return made
    document ??= parseNodes(text)
    return document && verified({ text, value }, editsOf(document, text, changes))
  }
}

/** One for each change, or none at all. */
function editsOf(document: Document.Parsed, text: string, changes: readonly Change[]): readonly DocumentEdit[] {
  const edits = changes.flatMap((change) => textEdit(document, text, change) ?? [])
  return document.errors.length > 0 || edits.length < changes.length ? [] : edits
}

interface Before {
  readonly text: string
  readonly value: unknown
}

function verified({ text, value }: Before, edits: readonly DocumentEdit[]): string | undefined {
  const [textEdits, changes] = [edits.flatMap((one) => one.edits), edits.map(({ change }) => change)]
  const after = edits.length > 0 ? applied(text, textEdits) : undefined
  if (after === undefined || !isOneLike(text, after)) return undefined
  return isEqual(valueIn(after), changes.reduce(changed, value)) ? after : undefined
}

/** Undefined for what is not YAML, which no value of YAML is. */
function valueIn(text: string): unknown {
  const read = readYaml(text)
  return 'value' in read ? read.value : undefined
}

/** Whether a text ends where the other did: what follows begins on a line of its own, and nothing in it begins another document. */
function isOneLike(before: string, after: string): boolean {
  return before.endsWith('\n') === after.endsWith('\n') && markersIn(before) === markersIn(after)
}

function markersIn(text: string): number {
  return text.match(/^(?:---|\.\.\.)/gm)?.length ?? 0
}
