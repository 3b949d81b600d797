import { manifests, templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A folder that builders of other namespaces may have too. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A builder with its cache on the node has no namespace.',
    why: 'The folder is `<path>/<namespace>/<name>`. Without a namespace in Git, two builders with the same name in different namespaces share a folder, and the second one waits for the lock of the first.',
    source: 'fn/render/state-volume.ts',
    example: {
      wrong: templateOf({
        cache: { hostPath: { path: '/mnt/nvme' } },
        scheduling: { nodeSelector: { 'example.com/disk': 'nvme' } },
      }),
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
  of: 'builder',
  needs: 'cache',
  find: ({ template, buildkits }) => {
    if (!template.spec.cache?.hostPath) return []
    return buildkits
      .filter(({ value }) => value.metadata.namespace === undefined)
      .map(({ item }) => ({
        item,
        path: ['metadata', 'namespace'],
        message: 'must be set with `cache.hostPath`, whose folder is named for it, got nothing',
      }))
  },
}
