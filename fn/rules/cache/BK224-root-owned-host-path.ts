import { manifests, templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A folder that user 1000 may not write to. */
export const rule: Rule = {
  severity: 'warning',
  what: 'A rootless builder has its cache in a folder that the kubelet creates for root.',
  why: 'The kubelet creates a missing host path as root with mode 0755, and `fsGroup` does not apply to host paths. buildkitd runs as user 1000, cannot write, and crash-loops. Create the folder of each builder for user 1000 beforehand, or use a claim on a local volume.',
  source: 'kubernetes v1.37.2, pkg/volume/hostpath/host_path.go, makeDir; buildkit v0.34.2, Dockerfile, stage rootless',
  example: {
    wrong: manifests(
      {
        kind: 'BuildkitTemplate',
        metadata: { namespace: 'builders' },
        spec: {
          rootless: true,
          cache: { hostPath: { path: '/mnt/nvme' } },
          scheduling: { nodeSelector: { 'example.com/disk': 'nvme' } },
        },
      },
      { kind: 'Buildkit', metadata: { namespace: 'builders' } },
    ),
    right: templateOf({ rootless: true, cache: { claim: { size: '100Gi', storageClassName: 'local' } } }),
  },
  of: 'template',
  needs: 'cache',
  find: ({ spec: { cache, rootless } }) => {
    if (!rootless || !cache?.hostPath) return []
    const message =
      'must be a folder that user 1000 owns, because the kubelet creates it for root; create it on the nodes beforehand, or use `cache.claim`'
    return [{ path: ['spec', 'cache', 'hostPath', 'path'], message, currentValue: cache.hostPath.path }]
  },
}
