import { labelIssues } from '../../upstream/kubernetes/labels.ts'
import { templateOf } from '../example.ts'
import { objectMaps, podMaps } from '../facts/pod-maps.ts'
import type { Rule } from '../rule.ts'

/** Labels of Pods, and of what they are made from. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'The key or the value of a label is not valid.',
    why: 'The API server rejects the Pod, Buildkit or template, so the builder never starts or its endpoint is never published. With most engines, the rest of the package waits too.',
    source: 'apimachinery v0.37.2, pkg/apis/meta/v1/validation/validation.go, ValidateLabels',
    example: {
      wrong: `kind: BuildkitTemplate
spec:
  podLabels:
    example.com/team: platform & tools
`,
      right: templateOf({ podLabels: { 'example.com/team': 'platform-and-tools' } }),
    },
  }),
  of: 'package',
  find: (facts) =>
    [...podMaps(facts, 'labels'), ...objectMaps(facts, 'labels')].flatMap(({ item, path, map }) =>
      labelIssues(map, path).map((breach) => ({ ...breach, item })),
    ),
}
