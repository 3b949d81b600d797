import type { WrittenAt } from '../../crds/validate.ts'
import { plainScalars } from '../yaml/field-at.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import type { Origin } from './orchestrator-annotations.ts'
import type { Place } from './place.ts'

/** A Kubernetes object as far as every kind has it; a `metadata` that is no mapping counts as an empty one. */
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
  /** The object, where it may concern us and could be read; where there is an `error`, what could be read of it. */
  readonly object?: KubernetesObject
  /** Whether its text is in the plain block subset that `readBlock` reads. */
  readonly isBlock?: boolean
  /** Why it cannot be taken. */
  readonly error?: ReadError
  readonly origin?: Origin
  /** What the object was called before kustomize, which runs us, renamed it. */
  readonly formerNames?: readonly string[]
  /** Where its text was cut from, for what was read from files or a stream of documents. */
  readonly place?: Place
  /** How the text that it is a part of writes its values, for what has no `text` of its own. */
  readonly writtenAt?: WrittenAt
}

/** The object that a value is, if it has what makes one. */
export function objectIn(value: unknown): KubernetesObject | undefined {
  if (!hasKind(value)) return undefined
  const object = value as KubernetesObject
  return isMapping(object.metadata) ? object : { ...object, metadata: {} }
}

/** Whether a value says of what kind it is. */
export function hasKind(value: unknown): value is Pick<KubernetesObject, 'apiVersion' | 'kind'> {
  return isMapping(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string'
}

/** What tells two objects of one kind apart. */
export function objectId(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name ?? ''}`
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The mappings in what may be a list of them. */
export function mappingsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isMapping) : []
}

/** How the text of an item writes its values. */
export function writtenIn({ text, writtenAt }: Item): WrittenAt {
  return writtenAt ?? plainScalars(text)
}

/** An object of the input with its item; `at` is its place among the items, -1 for one that came with the function's configuration. */
export interface Source<T> {
  readonly at: number
  readonly item: Item
  readonly value: T
}
