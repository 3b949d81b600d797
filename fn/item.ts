import { HAS_FOREIGN_KIND } from './foreign-kinds.ts'
import { type Origin, originFrom } from './orchestrator-annotations.ts'
import type { Place } from './positions/place.ts'
import { readBlock } from './yaml/read-block.ts'
import { readDocument } from './yaml/read-document.ts'

/** A Kubernetes object as far as every kind has it. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Metadata
  readonly [field: string]: unknown
}

interface Metadata {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** One object of the input. */
export interface Item {
  /** As it came; in a ResourceList with its dash. */
  readonly text: string
  /** The object, where it may concern us and could be read. */
  readonly object?: KubernetesObject
  /** Whether its text is in the plain block subset that `readBlock` reads. */
  readonly isBlock?: boolean
  /** Why it could not be read. */
  readonly error?: string
  readonly origin?: Origin
  /** Where its text was cut from, for what was read from files or a stream of documents. */
  readonly place?: Place
}

/**
 * What an object's text must have to concern us: our group, a Pod (its name could be one of ours), a kustomization (it may leave a
 * Pod's file out), a List (it may hold Builders), or a file named as we name files. All other objects are copied unread.
 */
const MAY_CONCERN_US =
  /buildkit\.seatgeek\.io|kustomize\.config\.k8s\.io\/v|kind["']?[ \t]*:[ \t]*["']?(?:Pod|List|Kustomization)\b|\bpod_/

/** What a document must have beside that not to be for a cluster, or to have orchestrators' annotations. */
const IS_FOR_TOOLS = /config\.kubernetes\.io\/|\bKptfile\b/

/** An item of a ResourceList. */
export function listItem(text: string): Item {
  const mayConcernUs = MAY_CONCERN_US.test(text)
  if (!mayConcernUs && !HAS_FOREIGN_KIND.test(text)) return { text }
  const block = readBlock(text)
  const read = block ?? readDocument(text)
  if ('error' in read) return { text, ...(mayConcernUs && { error: read.error }) }
  const object = (read.value as readonly unknown[])[0]
  if (!isObject(object)) return { text }
  const { annotations } = object.metadata
  const origin = isMapping(annotations) ? originFrom(annotations) : undefined
  return { text, object, isBlock: block !== undefined, ...(origin && { origin }) }
}

/** A document of a file or stream. */
export function documentItem(text: string, origin: Origin | undefined, place?: Place): Item {
  const from = { ...(origin && { origin }), ...(place && { place }) }
  const mayConcernUs = MAY_CONCERN_US.test(text) || IS_FOR_TOOLS.test(text)
  if (!mayConcernUs && !HAS_FOREIGN_KIND.test(text)) return { text, ...from }
  const block = readBlock(text)
  const read = block ?? readDocument(text)
  if ('error' in read) return { text, ...(mayConcernUs && { error: read.error }), ...from }
  return isObject(read.value) ? { text, object: read.value, isBlock: block !== undefined, ...from } : { text, ...from }
}

/** Whether a value has what every object has; a `metadata` that is no mapping counts as none. */
export function isObject(value: unknown): value is KubernetesObject {
  if (!isMapping(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return false
  return isMapping(value.metadata)
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
