import { grouped } from '../../common/collections.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { canonicalQuantity } from '../../upstream/kubernetes/quantity.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { inNamespaces, type Limit, limitsIn } from '../facts/admission.ts'
import { gcOf, volumeOf } from '../facts/cache.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

const NANO = 10n ** 9n
/** What a build of anything takes. */
const ENOUGH_MEMORY = 1024n ** 3n * NANO
/** Of a limit for disk space, a fifth is for what builds write between two collections. */
const SHARE = 0.8

/** A limit that nobody has written for builders. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A LimitRange gives builders a default limit that is too small.',
    why: "A container without a limit gets the `default` of a LimitRange, or its `max`. Under a small memory limit, build steps are killed. If the Pod exceeds its `ephemeral-storage` limit, the kubelet evicts it and the cache is lost; BuildKit's garbage collection does not know that limit. The template does not show this limit: set your own in `resources`.",
    source:
      'kubernetes v1.37.2, plugin/pkg/admission/limitranger/admission.go, mergeContainerResources; pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem; pkg/kubelet/eviction/eviction_manager.go',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          spec: { limits: [{ type: 'Container', default: { 'ephemeral-storage': '1Gi' } }] },
        },
      ),
      right: manifests(
        {
          kind: 'BuildkitTemplate',
          spec: {
            buildkitdToml: '[worker.oci]\n  maxUsedSpace = "40GB"\n',
            resources: { default: { limits: { 'ephemeral-storage': '60Gi' } } },
          },
        },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          spec: { limits: [{ type: 'Container', default: { 'ephemeral-storage': '1Gi' } }] },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'limitRanges',
  find: (facts) => {
    const byNamespace = inNamespaces(facts)
    return limitsIn(facts).flatMap((limit) => {
      const small = (byNamespace.get(limit.namespace) ?? []).flatMap(({ builder, buildkits }) =>
        tooSmallFor(builder, limit).map((name) => ({ name, buildkits })),
      )
      return [...grouped(small, ({ name }) => name)].map(([name, same]) => {
        const buildkits = same.flatMap((one) => one.buildkits)
        const which = `${namesOf(buildkits)}, which ${buildkits.length === 1 ? 'sets' : 'set'} no limit for \`${name}\``
        const quantity = limit.defaults.limits.get(name)
        const message = `must be enough for ${which}, got "${quantity && canonicalQuantity(quantity)}"; set \`resources.default.limits.${name}\` in the template`
        return { item: limit.item, path: ['spec', 'limits', limit.at], message }
      })
    })
  },
}

/** The resources of which a builder gets too little. */
function tooSmallFor({ blueprint, template }: BuilderFacts, { defaults: { limits } }: Limit): readonly string[] {
  const own = new Set(blueprint.amounts.filter(({ list }) => list === 'limits').map(({ name }) => name))
  const memory = limits.get('memory')
  const disk = limits.get('ephemeral-storage')
  const isOnNode = volumeOf(template) === undefined && !template.spec.cache?.hostPath
  const { ceiling } = simulate({ policies: gcOf(template).policies })
  return [
    ...(memory && !own.has('memory') && memory.amount < ENOUGH_MEMORY ? ['memory'] : []),
    ...(disk && isOnNode && !own.has('ephemeral-storage') && ceiling > SHARE * Number(disk.amount / NANO)
      ? ['ephemeral-storage']
      : []),
  ]
}
