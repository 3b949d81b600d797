import type { Item } from './item.ts'
import { removeField, setField } from './yaml/edit-field.ts'
import { emitString } from './yaml/emit.ts'

const PATH = ['spec', 'podName']

/** A Buildkit's text with `spec.podName` set to `name`, behind `template` where it is new. */
export function setPodName({ text, isBlock }: Pick<Item, 'text' | 'isBlock'>, name: string): string {
  return (isBlock ? setInBlock(text, name) : undefined) ?? setField(text, PATH, name)
}

/** A Buildkit's text without `spec.podName`. */
export function removePodName(text: string): string {
  return removeField(text, PATH)
}

/**
 * The same by lines, where the text is plain block YAML: there a key stands at its column on a line of its own, and nothing else
 * does, so that no parse is needed to find it.
 */
function setInBlock(text: string, name: string): string | undefined {
  const column = /^(?: *(?:#.*)?\n)*( *(?:- +)?)\S/.exec(text)?.[1]?.length
  if (column === undefined) return undefined
  const spec = new RegExp(`^[ -]{${column}}spec:[ ]*(?:#.*)?\\n(?: *(?:#.*)?\\n)*( {${column + 1},})\\S`, 'm').exec(
    text,
  )
  if (!spec) return undefined
  const pad = spec[1] as string
  const childrenStart = spec.index + spec[0].length - pad.length - 1
  const children = text.slice(childrenStart)
  const present = new RegExp(`^(${pad}podName:) [\\w.-]+$`, 'm').exec(children)
  if (!present && new RegExp(`^${pad}["']?podName\\b`, 'm').test(children)) return undefined
  if (present) return replaced(text, childrenStart + present.index, [present[0], `${present[1]} ${emitString(name)}`])
  const template = new RegExp(`^${pad}template: *[^|\\s].*(?:\\n|$)`, 'm').exec(children)
  if (!template) return undefined
  const line = template[0].endsWith('\n') ? template[0] : `${template[0]}\n`
  return replaced(text, childrenStart + template.index, [template[0], `${line}${pad}podName: ${emitString(name)}\n`])
}

function replaced(text: string, at: number, [before, after]: readonly [string, string]): string {
  return text.slice(0, at) + after + text.slice(at + before.length)
}
