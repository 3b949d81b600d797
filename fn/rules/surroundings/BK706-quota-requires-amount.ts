import type { KubernetesObject, Source } from '../../input/item.ts'
import { withDefaults } from '../../upstream/kubernetes/demand.ts'
import { requiredBy } from '../../upstream/kubernetes/resource-quota.ts'
import type { Breach } from '../breaches/breach.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { hardOf, type InNamespace, inNamespaces, type Limit, limitsIn } from '../facts/admission.ts'
import { demandsOf } from '../facts/demands.ts'
import type { Rule } from '../rule.ts'

/** A quota on something that builders do not name. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A ResourceQuota requires an amount that builders do not set.',
    why: 'Under a quota for CPU or memory, the API server rejects a Pod without such a request or limit ("must specify") unless a LimitRange adds one, and no LimitRange in the package does. No builder ever starts.',
    source: 'kubernetes v1.37.2, pkg/quota/v1/evaluator/core/pods.go, Constraints',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { 'limits.memory': '100Gi' } } },
      ),
      right: manifests(
        {
          kind: 'BuildkitTemplate',
          spec: { resources: { default: { limits: { memory: '8Gi' } } } },
        },
        { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { 'limits.memory': '100Gi' } } },
      ),
    },
  }),
  of: 'package',
  needs: 'resourceQuotas',
  find: (facts) => {
    const byNamespace = inNamespaces(facts)
    return facts.resourceQuotas.flatMap((quota) => {
      const { namespace } = quota.value.metadata
      const ranges = limitsIn(facts).filter((limit) => limit.namespace === namespace)
      const own = byNamespace.get(namespace) ?? []
      return [...hardOf(quota).keys()].flatMap((name) => unsaid({ quota, name }, own, ranges))
    })
  },
}

interface Required {
  readonly quota: Source<KubernetesObject>
  readonly name: string
}

function unsaid({ quota, name }: Required, own: readonly InNamespace[], ranges: readonly Limit[]): readonly Breach[] {
  const required = requiredBy(name)
  if (!required) return []
  const { list, resource } = required
  const without = own.filter(({ builder }) => {
    const defaults = ranges.map((range) => range.defaults)
    return demandsOf(builder.blueprint.spec).some((demand) => !withDefaults(demand, defaults)[list].has(resource))
  })
  if (without.length === 0) return []
  const buildkits = without.flatMap((one) => one.buildkits)
  const refused =
    buildkits.length === 1
      ? 'does not, so the API server rejects its Pod'
      : 'do not, so the API server rejects their Pods'
  const message = `requires every Pod to set it; ${namesOf(buildkits)} ${refused}; set \`resources.default.${list}.${resource}\` in the template`
  return [{ item: quota.item, path: ['spec', 'hard', name], message }]
}
