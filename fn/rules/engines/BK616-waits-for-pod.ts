import { DEPENDS_ON } from '../../upstream/kubernetes/annotations.ts'
import { manifests } from '../example.ts'
import { optionsIn } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const IS_POD = /^\/namespaces\/[^/]*\/Pod\//

/** The name of a Pod is a hash: right until the next change. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Buildkit depends on a Pod by name, and this name changes.',
    why: 'The next change of the template gives the Pod another name. kpt live and Config Sync then reject the Buildkit, because its dependency is not in the package. The dependency has no benefit: both apply Pods before Buildkits.',
    source: 'sigs.k8s.io/cli-utils v0.37.2, pkg/object/graph/depends.go and pkg/apply/filter/dependency-filter.go',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        {
          kind: 'Buildkit',
          metadata: {
            annotations: { [DEPENDS_ON]: '/namespaces/ci/Pod/example-cccccccccc' },
          },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        {
          kind: 'Buildkit',
          metadata: {
            annotations: { [DEPENDS_ON]: '/namespaces/ci/ServiceAccount/builder' },
          },
        },
      ),
    },
  }),
  of: 'package',
  find: ({ buildkits }) =>
    buildkits.flatMap(({ item, value }) => {
      const references = value.metadata.annotations?.[DEPENDS_ON]
      if (!references || !optionsIn(references).some((reference) => IS_POD.test(reference))) return []
      const message = 'must not name a Pod, because the next change of the template gives it another name; remove it'
      return [{ item, path: ['metadata', 'annotations', DEPENDS_ON], message, currentValue: references }]
    }),
}
