import type { Document } from 'yaml'
import { type BlockEdit, blockEdit } from './block-edit.ts'
import { applied, type Change, changed, type DocumentEdit } from './change.ts'
import { isEqual } from './is-equal.ts'
import { parseNodes } from './parse-nodes.ts'
import { readBlock } from './read-block.ts'
import { readDocument, readYaml } from './read-yaml.ts'
import { textEdit } from './text-edits.ts'

/** Makes changes of one text, which is read once. */
type Editor = (changes: readonly Change[]) => string | undefined

/** What a text says, and whether it is in the plain block subset that `readBlock` reads. */
interface Known {
  readonly value: unknown
  readonly isBlock: boolean
}

/**
 * The text of one document, or of an item of a block sequence, with changes made and every other byte as it was. Undefined where that
 * cannot be done, or where the text would not read back as what was meant: then somebody must do it by hand.
 * Invariant: what is edited reads back as it was meant.
 */
export function editorOf(text: string, known = knownOf(text)): Editor {
  let document: Document.Parsed | undefined
  return (changes) => {
    const [change, ...others] = changes
    if (!change || !known) return undefined
    const before = { text, ...known }
    const inBlock = others.length === 0 && known.isBlock ? blockEdit(text, change) : undefined
    const made = inBlock && verifiedLines(before, inBlock)
    if (made !== undefined) return made
    document ??= parseNodes(text)
    return document && verified(before, editsOf(document, text, changes))
  }
}

function knownOf(text: string): Known | undefined {
  const block = readBlock(text)
  const read = block ?? readDocument(text)
  return 'value' in read ? { value: read.value, isBlock: block !== undefined } : undefined
}

/** One for each change, or none at all. */
function editsOf(document: Document.Parsed, text: string, changes: readonly Change[]): readonly DocumentEdit[] {
  const edits = changes.flatMap((change) => textEdit(document, text, change) ?? [])
  return document.errors.length > 0 || edits.length < changes.length ? [] : edits
}

interface Before extends Known {
  readonly text: string
}

function verified({ text, value }: Before, edits: readonly DocumentEdit[]): string | undefined {
  const [textEdits, changes] = [edits.flatMap((one) => one.edits), edits.map(({ change }) => change)]
  const after = edits.length > 0 ? applied(text, textEdits) : undefined
  if (after === undefined || !isOneLike(text, after)) return undefined
  const read = readYaml(after)
  return 'value' in read && isEqual(read.value, changes.reduce(changed, value)) ? after : undefined
}

/**
 * The same, where only the lines of the mapping that has the field are read: in block style lines say what they say without those around
 * them, as long as none of them is to the left of the first, which `readBlock` refuses.
 */
function verifiedLines({ text, value }: Before, { change, edits, lines }: BlockEdit): string | undefined {
  const after = applied(text, edits)
  const key = change.path.at(-1) as string
  const map = change.path.slice(0, -1).reduce<unknown>((inner, step) => (inner as never)?.[step], value)
  if (after === undefined) return undefined
  const end = lines.end + after.length - text.length
  const read = readBlock(after.slice(lines.start, end))
  return read && isEqual(read.value, changed(map, { ...change, path: [key] })) ? after : undefined
}

/** Whether a text ends where the other did: what follows begins on a line of its own, and nothing in it begins another document. */
function isOneLike(before: string, after: string): boolean {
  return before.endsWith('\n') === after.endsWith('\n') && markersIn(before) === markersIn(after)
}

function markersIn(text: string): number {
  return text.match(/^(?:---|\.\.\.)/gm)?.length ?? 0
}
