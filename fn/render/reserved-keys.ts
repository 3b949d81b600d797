import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { IGNORE_RULES_ANNOTATION, RENDERED_KEYS } from '../../crds/names.ts'
import type { FieldIssue } from '../../crds/validate.ts'
import { isForOrchestrators } from '../input/orchestrator-annotations.ts'

/** An issue for every label and annotation that users give their Pods and that belongs to this project or to an orchestrator. */
export function reservedKeyIssues({ spec }: Buildkit | BuildkitTemplate): FieldIssue[] {
  const maps =
    'template' in spec
      ? { labels: spec.labels, annotations: spec.annotations }
      : { podLabels: spec.podLabels, podAnnotations: spec.podAnnotations }
  return Object.entries(maps).flatMap(([field, map]) =>
    Object.keys(map ?? {}).flatMap((key) => {
      const message = reasonOf(key, /annotation/i.test(field))
      return message === undefined ? [] : [{ path: ['spec', field, key], message, currentValue: map?.[key] }]
    }),
  )
}

function reasonOf(key: string, isAnnotation: boolean): string | undefined {
  if (RENDERED_KEYS.includes(key)) return 'must not be set, because render-buildkit writes it; remove it'
  if (isBookkeeping(key))
    return 'must not be set, because a tool writes it on the objects that it applies and would treat the Pod as its own; remove it'
  if (!isAnnotation) return undefined
  if (key === IGNORE_RULES_ANNOTATION)
    return 'must be an annotation of the object itself, not of its Pods; move it to `metadata.annotations`'
  if (isForOrchestrators(key)) return 'must not be set, because kpt and kustomize skip such an object; remove it'
  return undefined
}

const BOOKKEEPING =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|argocd\.argoproj\.io\/(?:tracking|installation)-id|config\.k8s\.io\/owning-inventory|applyset\.kubernetes\.io\/part-of|configsync\.gke\.io\/.*|configmanagement\.gke\.io\/(?:managed|cluster-name|source-path|token)|meta\.helm\.sh\/.*|(?:kustomize|helm)\.toolkit\.fluxcd\.io\/(?:name|namespace|checksum))$/

/**
 * Whether a label or annotation is what a tool writes on objects to know them again; on an object that another one applies it would
 * hand that to the tool.
 */
export function isBookkeeping(key: string): boolean {
  return BOOKKEEPING.test(key)
}
