import { GROUP } from '../../../crds/names.ts'
import { annotationBreach } from '../breaches/annotation-breach.ts'
import { optionsIn } from '../facts/options-in.ts'
import { ownAnnotation } from '../facts/own-annotation.ts'
import type { Rule } from '../rule.ts'

const KEY = 'config.kubernetes.io/depends-on'
const SOURCE = 'sigs.k8s.io/cli-utils v0.37.2, pkg/object/graph/depends.go and pkg/apply/filter/dependency-filter.go'

/** `buildkit.seatgeek.io/namespaces/NAMESPACE/Buildkit/NAME`, also without a namespace. */
const IS_BUILDKIT = new RegExp(`^${GROUP.replaceAll('.', '\\.')}/(?:namespaces/[^/]*/)?Buildkit/`)
const IS_POD = /^\/namespaces\/[^/]*\/Pod\//

export const WAITS_FOR_BUILDKIT: Rule = {
  id: 'BK615',
  severity: 'error',
  what: 'A Pod waits for a Buildkit, which waits for its Pod.',
  why: 'kpt live and Config Sync apply an object when those that it depends on have reconciled. A Buildkit has when its Pod is ready, so that neither ever comes.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${KEY}: ${GROUP}/namespaces/ci/Buildkit/example
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${KEY}: /namespaces/ci/ServiceAccount/builder
`,
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, KEY)
    if (!own || !optionsIn(own.value).some((reference) => IS_BUILDKIT.test(reference))) return []
    return [annotationBreach(own, 'must not name a Buildkit, because it is ready only when its Pod is; remove it')]
  },
}

/** The name of a Pod is a hash: right until the next change. */
export const WAITS_FOR_POD: Rule = {
  id: 'BK616',
  severity: 'warning',
  what: 'A Buildkit depends on a Pod by name, and that name changes.',
  why: 'The next change of the template gives the Pod another name; kpt live and Config Sync then refuse the Buildkit, because it depends on what is not in the package. Nothing is won: both apply Pods before Buildkits anyway.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
---
kind: Buildkit
metadata:
  annotations:
    ${KEY}: /namespaces/ci/Pod/example-cccccccccc
`,
    right: `kind: BuildkitTemplate
---
kind: Buildkit
metadata:
  annotations:
    ${KEY}: /namespaces/ci/ServiceAccount/builder
`,
  },
  of: 'package',
  find: ({ buildkits }) =>
    buildkits.flatMap(({ item, value }) => {
      const references = value.metadata.annotations?.[KEY]
      if (!references || !optionsIn(references).some((reference) => IS_POD.test(reference))) return []
      const message = 'must not name a Pod, because the next change of the template gives it another name; remove it'
      return [{ item, path: ['metadata', 'annotations', KEY], message, currentValue: references }]
    }),
}
