import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { IGNORE_RULES_ANNOTATION, RENDERED_KEYS } from '../../crds/names.ts'
import type { FieldIssue, Path } from '../../crds/validate.ts'
import { isForOrchestrators } from '../input/orchestrator-annotations.ts'

/** An issue for every label and annotation that users give their Pods or Services and that belongs to this project or to an orchestrator. */
export function reservedKeyIssues({ spec }: Buildkit | BuildkitTemplate): FieldIssue[] {
  const ofPods =
    'template' in spec
      ? { labels: spec.labels, annotations: spec.annotations }
      : { podLabels: spec.podLabels, podAnnotations: spec.podAnnotations }
  const ofServices = 'template' in spec ? undefined : spec.service?.annotations
  return [
    ...Object.entries(ofPods).flatMap(([field, map]) => issuesIn(map, ['spec', field], 'Pod')),
    ...issuesIn(ofServices, ['spec', 'service', 'annotations'], 'Service'),
  ]
}

function issuesIn(map: Readonly<Record<string, string>> = {}, path: Path, kind: 'Pod' | 'Service'): FieldIssue[] {
  return Object.entries(map).flatMap(([key, currentValue]) => {
    const message = reasonOf(key, kind, /annotation/i.test(String(path.at(-1))))
    return message === undefined ? [] : [{ path: [...path, key], message, currentValue }]
  })
}

function reasonOf(key: string, kind: 'Pod' | 'Service', isAnnotation: boolean): string | undefined {
  if (RENDERED_KEYS.includes(key)) return 'must not be set, because render-buildkit writes it; remove it'
  if (isBookkeeping(key))
    return `must not be set, because a tool writes it on the objects that it applies and would treat the ${kind} as its own; remove it`
  if (!isAnnotation) return undefined
  if (key === IGNORE_RULES_ANNOTATION)
    return `must be an annotation of the object itself, not of its ${kind}s; move it to \`metadata.annotations\``
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
