import { oncePerText } from '../../common/collections.ts'
import { isLabelKey, LABEL_KEY } from '../../upstream/kubernetes/labels.ts'
import { templateOf } from '../example.ts'
import { objectMaps, podMaps, serviceAnnotationMaps } from '../facts/pod-maps.ts'
import type { Rule } from '../rule.ts'

/** Annotations of Pods and Services, and of what they are made from. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'The key of an annotation is not valid.',
    why: 'The API server rejects the Pod, Service, Buildkit or template, so the builder never starts or its endpoint is never published.',
    source: 'apimachinery v0.37.2, pkg/api/validation/objectmeta.go, ValidateAnnotations',
    example: {
      wrong: templateOf({ podAnnotations: { 'https://example.com/runbook': 'builders' } }),
      right: templateOf({ podAnnotations: { 'example.com/runbook': 'https://example.com/builders' } }),
    },
  }),
  of: 'package',
  find: (facts) => {
    // Case does not matter here, unlike in labels.
    const isValid = oncePerText((key) => isLabelKey(key.toLowerCase()))
    return [
      ...podMaps(facts, 'annotations'),
      ...serviceAnnotationMaps(facts),
      ...objectMaps(facts, 'annotations'),
    ].flatMap(({ item, path, map }) =>
      Object.keys(map)
        .filter((key) => !isValid(key))
        .map((key) => {
          const message = `must have a key of ${LABEL_KEY}, got "${key}"`
          return { item, path: [...path, key], message, currentValue: map[key] }
        }),
    )
  },
}
