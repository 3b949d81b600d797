import { templateOf } from '../example.ts'
import { podMaps } from '../facts/pod-maps.ts'
import type { Rule } from '../rule.ts'

const KEY = 'app.kubernetes.io/instance'

export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: `Argo CD sets the label \`${KEY}\` itself if it tracks resources by labels.`,
    why: 'Argo CD then replaces the value of the label on every Pod, so selectors that use the value from Git no longer match. Tracking by labels was the default before Argo CD 3.0. Tracking by annotations does not change the label.',
    source: 'Argo CD v3.2 (2025-11), docs/user-guide/resource_tracking.md and docs/faq.md',
    example: {
      wrong: templateOf({ podLabels: { [KEY]: 'example' } }),
      right: templateOf({ podLabels: { 'example.com/instance': 'example' } }),
    },
  }),
  of: 'package',
  find: (facts) =>
    podMaps(facts, 'labels').flatMap(({ item, path, map }) => {
      if (!Object.hasOwn(map, KEY)) return []
      const message = 'is replaced by Argo CD if it tracks resources by labels; use another label'
      return [{ item, path: [...path, KEY], message, currentValue: map[KEY] }]
    }),
}
