import { RENDERED_KEYS, SERVICE_ANNOTATIONS_ANNOTATION } from '../../crds/names.ts'
import { isMapping, type KubernetesObject } from '../input/item.ts'
import { isOrchestratorAnnotation } from '../input/orchestrator-annotations.ts'
import type { Contents } from './expand.ts'

type Strings = Readonly<Record<string, string>>

/** What an object has in its metadata beside what rendering writes. */
export interface OfOthers {
  /** An orchestrator's annotations. */
  readonly bookkeeping: Strings
  readonly labels: Strings
  readonly annotations: Strings
}

/** What an object has of an orchestrator, and where it keeps its name also of other tools and people: these stay when it is written again. */
export function ofOthers({ metadata }: KubernetesObject, wanted: Contents): OfOthers {
  const annotations = stringsIn(metadata.annotations)
  const bookkeeping = filtered(annotations, isOrchestratorAnnotation)
  if (metadata.name !== wanted.name) return { bookkeeping, labels: {}, annotations: {} }
  const former = formerKeys(annotations, wanted)
  return {
    bookkeeping,
    labels: filtered(stringsIn(metadata.labels), (key) => isOfOther(key, wanted.labels)),
    annotations: filtered(
      annotations,
      (key) => isOfOther(key, wanted.annotations) && !isOrchestratorAnnotation(key) && !former.has(key),
    ),
  }
}

function isOfOther(key: string, wanted: Strings): boolean {
  return !Object.hasOwn(wanted, key) && !RENDERED_KEYS.includes(key)
}

/** The annotations that an earlier render wrote for its template, or for a claim that was to stay. */
function formerKeys(annotations: Strings, { formerAnnotations = {} }: Contents): ReadonlySet<string> {
  const ofTemplate = annotations[SERVICE_ANNOTATIONS_ANNOTATION]?.split(',') ?? []
  const former = Object.entries(formerAnnotations).filter(([key, value]) => annotations[key] === value)
  return new Set([...ofTemplate, ...former.map(([key]) => key)])
}

function stringsIn(map: unknown): Strings {
  const entries = isMapping(map) ? Object.entries(map) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function filtered(map: Strings, isKept: (key: string) => boolean): Strings {
  return Object.fromEntries(Object.entries(map).filter(([key]) => isKept(key)))
}
