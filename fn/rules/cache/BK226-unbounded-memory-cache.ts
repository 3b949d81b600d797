import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A cache that grows until builds are killed. */
export const rule: Rule = {
  severity: 'warning',
  what: 'The cache is in memory without a `sizeLimit`.',
  why: "A tmpfs counts as memory of the container. Without a `sizeLimit` it may take all that the container's limit allows, or half of the node's memory, and the kernel kills build steps.",
  source: 'kubernetes v1.37.2, pkg/volume/emptydir/empty_dir.go, setupTmpfs and calculateEmptyDirMemorySize',
  example: {
    wrong: templateOf({ cache: { emptyDir: { medium: 'Memory' } } }),
    right: templateOf({
      buildkitdToml: '[worker.oci]\n  maxUsedSpace = "8GB"\n',
      cache: { emptyDir: { medium: 'Memory', sizeLimit: '10Gi' } },
    }),
  },
  of: 'template',
  needs: 'cache',
  find: ({ spec: { cache } }) => {
    if (cache?.emptyDir?.medium !== 'Memory' || cache.emptyDir.sizeLimit !== undefined) return []
    const message =
      'must have a `sizeLimit` with the medium "Memory", got none; set it below the memory limit of builders'
    return [{ path: ['spec', 'cache', 'emptyDir'], message }]
  },
}
