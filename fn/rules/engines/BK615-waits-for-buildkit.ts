import { GROUP } from '../../../crds/names.ts'
import { DEPENDS_ON } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** `buildkit.seatgeek.io/namespaces/NAMESPACE/Buildkit/NAME`, also without a namespace. */
const IS_BUILDKIT = new RegExp(`^${GROUP.replaceAll('.', '\\.')}/(?:namespaces/[^/]*/)?Buildkit/`)

export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'A Pod depends on a Buildkit, which depends on its Pod.',
    why: 'kpt live and Config Sync apply an object when its dependencies have reconciled. A Buildkit has reconciled when its Pod is ready, so the builder never starts.',
    source: 'sigs.k8s.io/cli-utils v0.37.2, pkg/object/graph/depends.go and pkg/apply/filter/dependency-filter.go',
    example: {
      wrong: templateOf({
        podAnnotations: {
          [DEPENDS_ON]: 'buildkit.seatgeek.io/namespaces/ci/Buildkit/example',
        },
      }),
      right: templateOf({
        podAnnotations: { [DEPENDS_ON]: '/namespaces/ci/ServiceAccount/builder' },
      }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, DEPENDS_ON)
    if (!own || !optionsIn(own.value).some((reference) => IS_BUILDKIT.test(reference))) return []
    return [annotationBreach(own, 'must not name a Buildkit, which is ready only when its Pod is; remove it')]
  },
}
