import { openEnd } from '../yaml/open-end.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { readBlock } from '../yaml/read-block.ts'
import { itemReader } from '../yaml/read-items.ts'
import { type Read, readDocument } from '../yaml/read-yaml.ts'
import { hasKind, type Item, isMapping, objectIn } from './item.ts'
import { originFrom } from './orchestrator-annotations.ts'
import { faultOf, HAS_FOREIGN_KIND, isOurs, MENTIONS_US, mayBeOurs, unescaped } from './ours.ts'

/**
 * What an object's text must have to concern us, beside our group: a Pod (its name could be one of ours), a kustomization (it may leave
 * a Pod's file out), a List (it may hold Buildkits), or a file named as we name files. All other objects are copied unread.
 */
const MAY_CONCERN_US = /kustomize\.config\.k8s\.io\/v|kind["']?[ \t]*:[ \t]*["']?(?:Pod|\w*List|Kustomization)\b|\bpod_/

const MAY_MATTER = new RegExp([MENTIONS_US, MAY_CONCERN_US, HAS_FOREIGN_KIND].map(({ source }) => source).join('|'))

/** What a document must have beside that not to be for a cluster, or to have orchestrators' annotations. */
const IS_FOR_TOOLS = /config\.kubernetes\.io\/|\bKptfile\b/

/** What kustomize writes into every object that it shows a function; and into those that it has renamed. */
const KUSTOMIZE_ID = 'kustomize.config.k8s.io/id'
const PREVIOUS_NAMES = 'internal.config.kubernetes.io/previousNames'

/** The items of a ResourceList. Former names are kustomize's to say: files may hold anything, and no other orchestrator clears them. */
export function listItems(texts: readonly string[]): readonly Item[] {
  const read = itemReader()
  const items = texts.map((text) => listItem(text, read))
  if (!texts.every((text) => text.includes(KUSTOMIZE_ID))) return items
  return items.map((item) => {
    const previous = item.object?.metadata.annotations?.[PREVIOUS_NAMES]
    return typeof previous === 'string' ? { ...item, formerNames: previous.split(',') } : item
  })
}

/** An item of a ResourceList. */
export function listItem(text: string, read = readBlock): Item {
  const itemOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)
  const content = contentOf(text, { itemOf, isRead: () => mayConcernUs(text), read })
  const annotations = content.object?.metadata.annotations
  const origin = isMapping(annotations) ? originFrom(annotations) : undefined
  return { text, ...content, ...(origin && { origin }) }
}

/** A document of a file or stream, which must be an object; `from` says where it is from. */
export function documentItem(text: string, from: Pick<Item, 'origin' | 'place'> = {}): Item {
  // Where keys of the object itself are in sight, as they nearly always are, there is no need to read it.
  const isPlain = /^apiVersion:/m.test(text) && /^kind:/m.test(text)
  const isForTools = !isPlain || IS_FOR_TOOLS.test(text)
  const isRead = () => isForTools || mayConcernUs(text)
  const content = contentOf(text, { itemOf: (value) => value, isRead, isForTools, isObject: true })
  return { text, ...content, ...from }
}

function mayConcernUs(text: string): boolean {
  return MAY_CONCERN_US.test(text) || mayBeOurs(text)
}

/** Also by what it has without escapes, which nearly every text that matters has. */
function mayMatter(text: string): boolean {
  return MAY_MATTER.test(text) || (text.includes('\\') && MAY_MATTER.test(unescaped(text)))
}

interface Reading {
  /** What is read, in what the text says. */
  readonly itemOf: (value: unknown) => unknown
  /** Whether it is an error where it cannot be read. */
  readonly isRead: () => boolean
  /** Whether it is read, whatever its kind. */
  readonly isForTools?: boolean
  /** Whether it must be an object. */
  readonly isObject?: boolean
  /** Reads plain block YAML. */
  readonly read?: typeof readBlock
}

function contentOf(text: string, reading: Reading): Omit<Item, 'text'> {
  const { itemOf, isRead, isForTools, isObject = false } = reading
  if (!isForTools && !mayMatter(text) && !openEnd(text)) return {}
  const block = (reading.read ?? readBlock)(text)
  const read: Read = block ?? readDocument(text)
  if ('error' in read) {
    const object = objectIn(itemOf(read.partial))
    const isNamed = typeof object?.metadata.name === 'string'
    // Where something begins that has no end, says more than that the text ends.
    const error = openEnd(text) ?? (isRead() ? read.error : undefined)
    return withError(isNamed ? { object } : {}, error)
  }
  const value = itemOf(read.value)
  const object = objectIn(value)
  return withError(object ? { object, isBlock: block !== undefined } : {}, faultIn(value, isObject))
}

function faultIn(value: unknown, mustBeObject: boolean): ReadError | undefined {
  if (isOurs(value)) return faultOf(value)
  return mustBeObject || !isMapping(value) ? noObject(value) : undefined
}

function withError(content: Omit<Item, 'text'>, error: ReadError | undefined): Omit<Item, 'text'> {
  return error ? { ...content, error } : content
}

function noObject(value: unknown): ReadError | undefined {
  if (hasKind(value)) return undefined
  const missing = ['apiVersion', 'kind'].filter((key) => !isMapping(value) || typeof value[key] !== 'string')
  const keys = missing.map((key) => `\`${key}\``).join(' and ')
  return { message: `must be a Kubernetes object, but has no ${keys}; leave the file out or move it away` }
}
