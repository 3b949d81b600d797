import type { Buildkit } from '../crds/buildkit.ts'
import type { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { GROUP, IGNORE_RULES_ANNOTATION } from '../crds/names.ts'
import type { FieldIssue } from '../crds/validate.ts'

/** Argo CD writes it to tell whose a resource is; on a Pod of ours it would make the Pod part of another application. */
const ARGO_CD_INSTANCE = 'app.kubernetes.io/instance'

/** An issue for every label and annotation that users give their Pods and that belongs to this project or to an engine. */
export function reservedKeyIssues({ spec }: Buildkit | BuildkitTemplate): FieldIssue[] {
  const maps =
    'template' in spec
      ? { labels: spec.labels, annotations: spec.annotations }
      : { podLabels: spec.podLabels, podAnnotations: spec.podAnnotations }
  return Object.entries(maps).flatMap(([field, map]) =>
    Object.keys(map ?? {}).flatMap((key) => {
      const reason = reasonOf(key, field)
      return reason === undefined ? [] : [{ path: ['spec', field, key], message: reason, currentValue: map?.[key] }]
    }),
  )
}

function reasonOf(key: string, field: string): string | undefined {
  if (key === IGNORE_RULES_ANNOTATION && /annotation/i.test(field))
    return 'must be an annotation of the object that is judged, not of Pods; move it to `metadata.annotations`'
  if (key.startsWith(`${GROUP}/`))
    return `must not be set: keys under "${GROUP}/" are written by render-buildkit; remove it`
  if (key === ARGO_CD_INSTANCE && /label/i.test(field)) return 'must not be set: Argo CD writes this label; remove it'
  return undefined
}
