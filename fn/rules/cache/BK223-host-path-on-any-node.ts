import { manifests } from '../example.ts'
import { requiredNodeTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

/** A folder that is looked for on another node each time. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The cache is a folder of the node, but nothing says which nodes.',
    why: "The scheduler may place the next Pod on another node, where the folder is empty: the build is cold, and the old folder stays and takes up disk. The folder may also be on the node's root disk.",
    source: 'kubernetes v1.37.2, pkg/volume/hostpath/host_path.go',
    example: {
      wrong: manifests(
        {
          kind: 'BuildkitTemplate',
          metadata: { namespace: 'builders' },
          spec: { cache: { hostPath: { path: '/mnt/nvme' } } },
        },
        { kind: 'Buildkit', metadata: { namespace: 'builders' } },
      ),
      right: manifests(
        {
          kind: 'BuildkitTemplate',
          metadata: { namespace: 'builders' },
          spec: {
            cache: { hostPath: { path: '/mnt/nvme' } },
            scheduling: { nodeSelector: { 'example.com/disk': 'nvme' } },
          },
        },
        { kind: 'Buildkit', metadata: { namespace: 'builders' } },
      ),
    },
  }),
  of: 'template',
  needs: 'cache',
  find: ({ spec: { cache, scheduling } }) => {
    const isSelected = Object.keys(scheduling.nodeSelector ?? {}).some((label) => !ON_EVERY_NODE.includes(label))
    if (!cache?.hostPath || isSelected || requiredNodeTerms(scheduling).length > 0) return []
    const message = `must be on nodes that \`scheduling.nodeSelector\` or a required node affinity names, got any node; name the nodes that have the disk`
    return [{ path: ['spec', 'cache', 'hostPath', 'path'], message, currentValue: cache.hostPath.path }]
  },
}

/** Labels that say nothing of a disk. */
const ON_EVERY_NODE = ['kubernetes.io/arch', 'kubernetes.io/os']
