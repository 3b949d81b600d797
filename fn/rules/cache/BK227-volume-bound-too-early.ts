import { oncePer } from '../../common/collections.ts'
import { manifests } from '../example.ts'
import type { PackageFacts } from '../facts/facts.ts'
import { requiredNodeTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

const template = {
  kind: 'BuildkitTemplate',
  spec: {
    cache: { claim: { size: '100Gi', storageClassName: 'zonal' } },
    scheduling: { nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-1a' } },
  },
}
const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'zonal' },
  provisioner: 'ebs.csi.aws.com',
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'

/** A volume that is made before anybody knows where the Pod will run. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The StorageClass of a cache binds volumes at once, but its builders run on certain nodes only.',
    why: 'With the binding mode `Immediate`, the default, the provisioner picks a zone or a node before the scheduler does. If none of the nodes of the template is there, the Pod stays Pending with "volume node affinity conflict".',
    source:
      'kubernetes v1.37.2, pkg/apis/storage/types.go, VolumeBindingImmediate; pkg/scheduler/framework/plugins/volumebinding',
    example: {
      wrong: manifests(template, storageClass),
      right: manifests(template, { ...storageClass, volumeBindingMode: 'WaitForFirstConsumer' }),
    },
  }),
  of: 'package',
  needs: 'storageClasses',
  find: (facts) =>
    facts.templates.flatMap(({ template: { item }, spec: { cache, scheduling } }) => {
      const kind = cache?.claim ? 'claim' : 'ephemeral'
      const volume = cache?.[kind]
      const name = volume?.storageClassName ?? (volume && defaultClass(facts))
      const isChosen = Object.keys(scheduling.nodeSelector ?? {}).length > 0 || requiredNodeTerms(scheduling).length > 0
      if (!name || !isChosen || !bindingAtOnce(facts).has(name)) return []
      const message = `must name a StorageClass with \`volumeBindingMode: WaitForFirstConsumer\`, because builders run on certain nodes, got "${name}", which binds at once`
      return [{ item, path: ['spec', 'cache', kind, 'storageClassName'], message, currentValue: name }]
    }),
}

/** The name of the StorageClass that a claim gets which names none; undefined if the package has none. */
function defaultClass({ storageClasses }: PackageFacts): string | undefined {
  const found = storageClasses.find(({ value }) => value.metadata.annotations?.[DEFAULT_CLASS] === 'true')
  return found?.value.metadata.name
}

const bindingAtOnce = oncePer(({ storageClasses }: PackageFacts): ReadonlySet<string> => {
  const names = storageClasses.flatMap(({ value: { volumeBindingMode = 'Immediate', metadata } }) => {
    return volumeBindingMode === 'Immediate' && metadata.name !== undefined ? [metadata.name] : []
  })
  return new Set(names)
})
