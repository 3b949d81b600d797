import type { Buildkit } from '../../../crds/buildkit.ts'
import { isDnsLabel } from '../../upstream/kubernetes/labels.ts'
import { isBefore } from '../../upstream/version.ts'
import { manifests } from '../example.ts'
import type { Rule } from '../rule.ts'

const template = { kind: 'BuildkitTemplate', spec: { service: {} } }

/** Names that Pods have and Services have not. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: "A Buildkit's name cannot be the name of its Service.",
    why: 'With `service`, a Buildkit has a Service with the same name. This name must be a DNS label: at most 63 characters, without dots. Before Kubernetes 1.36, it must also start with a letter; the rule checks this if the configuration has a `kubernetesVersion`. The API server rejects a Service with any other name, and the sync of the engine fails. The Service "kubernetes" in namespace "default" is that of the API server itself, and applying another Service over it disconnects every Pod that uses the API.',
    source:
      'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateServiceCreate; pkg/controlplane/controller/kubernetesservice/controller.go; KEP-5311',
    example: {
      wrong: manifests({ kind: 'Buildkit', metadata: { name: 'shop.example' } }, template),
      right: manifests({ kind: 'Buildkit', metadata: { name: 'shop-example' } }, template),
    },
  }),
  of: 'package',
  find: ({ templates }) =>
    templates.flatMap(({ spec, buildkits, kubernetes }) => {
      if (!spec.service) return []
      const isStrict = kubernetes !== undefined && isBefore(kubernetes, '1.36')
      return buildkits.flatMap(({ item, value: { metadata } }) => {
        const mistake = mistakeIn(metadata, isStrict)
        if (mistake === undefined) return []
        const message = `${mistake}; rename the Buildkit, or leave out \`spec.service\` of the template`
        return [{ item, path: ['metadata', 'name'], message, currentValue: metadata.name }]
      })
    }),
}

function mistakeIn({ name, namespace }: Buildkit['metadata'], isStrict: boolean): string | undefined {
  if (name === 'kubernetes' && namespace === 'default')
    return 'must not be "kubernetes" in namespace "default", where the Service of that name leads to the API server'
  if (isDnsLabel(name) && !(isStrict && /^\d/.test(name))) return undefined
  const start = isStrict ? ', and start with a letter' : ''
  return `must have at most 63 lower-case letters, digits and "-"${start}, because a Service has the same name, got "${name}"`
}
