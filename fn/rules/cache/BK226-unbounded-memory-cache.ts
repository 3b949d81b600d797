import { parseQuantity } from '../../upstream/kubernetes/quantity.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A cache that grows until builds are killed. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The cache is in memory without a `sizeLimit`, or with one above the memory limit.',
    why: "A tmpfs counts as memory of the container. Without a `sizeLimit` it may take all that the container's limit allows, or half of the node's memory, and the kernel kills build steps.",
    source: 'kubernetes v1.37.2, pkg/volume/emptydir/empty_dir.go, setupTmpfs and calculateEmptyDirMemorySize',
    example: {
      wrong: templateOf({ cache: { emptyDir: { medium: 'Memory' } } }),
      right: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "8GB"\n',
        cache: { emptyDir: { medium: 'Memory', sizeLimit: '10Gi' } },
      }),
    },
  }),
  of: 'template',
  needs: 'cache',
  find: ({ spec: { cache, resources } }) => {
    if (cache?.emptyDir?.medium !== 'Memory') return []
    const { sizeLimit } = cache.emptyDir
    if (sizeLimit !== undefined) return aboveLimit(sizeLimit, resources.default?.limits?.memory)
    const message =
      'must have a `sizeLimit` with the medium "Memory", got none; set it below the memory limit of builders'
    return [{ path: ['spec', 'cache', 'emptyDir'], message }]
  },
}

function aboveLimit(sizeLimit: string | number, memory: string | number | undefined): readonly Breach[] {
  const [size, limit] = [sizeLimit, memory ?? ''].map((one) => parseQuantity(one)?.amount)
  if (size === undefined || limit === undefined || size < limit) return []
  const message = `must be less than the memory limit ${memory} of builders, because it is a part of it, got ${sizeLimit}`
  return [{ path: ['spec', 'cache', 'emptyDir', 'sizeLimit'], message, currentValue: sizeLimit }]
}
