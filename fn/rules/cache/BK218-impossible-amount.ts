import { valueText } from '../../results/toml-texts.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { parseSize } from '../../upstream/buildkit/sizes.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

const MOST = ['maxUsedSpace', 'reservedSpace', 'keepBytes', 'gckeepstorage']
const KEYS = [...MOST, 'minFreeSpace']

/** An amount that no disk can meet, or that says nothing. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A percentage is 100 or more, or a maximum is 0, which BuildKit treats as unset.',
    why: 'A cache without room to spare fills the disk: the kubelet evicts the Pod before BuildKit collects anything. A `minFreeSpace` of the whole disk is never met, so every collection empties the cache. BuildKit treats 0 as unset and uses its default.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/config/gcpolicy.go, AsBytes and DefaultGCPolicy; cache/manager.go, calculateKeepBytes',
    example: {
      wrong: templateOfToml('[worker.oci]\n  maxUsedSpace = "100%"\n'),
      right: templateOfToml('[worker.oci]\n  maxUsedSpace = "80%"\n'),
    },
  }),
  ...inToml((toml, template) => {
    if (gcOf(template).policies.length === 0) return []
    const amounts = KEYS.flatMap((key) =>
      [['gcpolicy', key], [key]].flatMap((keys) => valuesAt(toml, ['worker', 'oci', ...keys])),
    )
    return amounts.flatMap(({ path, value }) => {
      const mistake = mistakeIn(String(path.at(-1)), value)
      if (!mistake) return []
      const { must, why } = mistake
      return [{ path, value, message: `must be ${must}, got ${valueText(value)}${why ? `; ${why}` : ''}` }]
    })
  }),
}

interface Mistake {
  readonly must: string
  readonly why?: string
}

function mistakeIn(key: string, value: unknown): Mistake | undefined {
  const isMost = MOST.some((most) => most.toLowerCase() === key.toLowerCase())
  const { percentage, bytes } = sizeOf(value)
  if (percentage !== undefined && percentage < 0) return { must: 'greater than 0%' }
  const isMaximum = key.toLowerCase() === 'maxusedspace'
  if (percentage === 0 || (bytes === 0 && isMaximum))
    return { must: 'greater than 0', why: 'BuildKit treats 0 as unset and uses its default' }
  if (percentage === undefined || percentage < 100) return undefined
  return {
    must: 'less than 100%',
    why: isMost ? 'BuildKit collects nothing before the disk is full' : 'every collection empties the cache',
  }
}

function sizeOf(value: unknown) {
  if (typeof value === 'bigint') return { bytes: Number(value) }
  return (typeof value === 'string' ? parseSize(value) : undefined) ?? {}
}
