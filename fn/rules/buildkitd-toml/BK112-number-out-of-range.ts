import { valueText } from '../../results/toml-texts.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { valueAt, valuesAt } from '../../toml/values-at.ts'
import { parseDuration } from '../../upstream/buildkit/sizes.ts'
import { inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

interface Range {
  readonly keys: readonly string[]
  readonly least: number
  readonly most?: number
}

const RANGES: readonly Range[] = [
  { keys: ['system', 'maxRegistryConcurrency'], least: 1 },
  { keys: ['history', 'maxEntries'], least: 0 },
  { keys: ['compaction', 'maxRetry'], least: 0 },
  { keys: ['compaction', 'writesPerCheck'], least: 1 },
  { keys: ['compaction', 'sizeWatermark'], least: 1 },
  { keys: ['compaction', 'sizeGrowthPercent'], least: 1 },
  { keys: ['compaction', 'minReclaimBytes'], least: 1 },
  { keys: ['compaction', 'minReclaimPercent'], least: 1, most: 100 },
  { keys: ['compaction', 'minReclaimPercentFloor'], least: 1 },
]
/** BuildKit's default of `minReclaimPercent`. */
const RECLAIM_PERCENT = 30

/** A number outside of what buildkitd takes. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A number is out of the range that BuildKit accepts.',
    why: 'buildkitd reports "maxRegistryConcurrency must be greater than zero" or "invalid database compaction policy" (even if compaction is off), or panics on a negative number of history entries. The Pod crash-loops.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go; util/db/compaction, Config.Validate; solver/llbsolver/history/buildhistory.go, gc',
    example: {
      wrong: templateOfToml('[system]\nmaxRegistryConcurrency = 0\n'),
      right: templateOfToml('[system]\nmaxRegistryConcurrency = 4\n'),
    },
  }),
  ...inToml((toml) => [...RANGES.flatMap((range) => outside(toml, range)), ...idle(toml), ...floor(toml)]),
}

function outside(toml: TomlDocument, { keys, least, most }: Range): readonly TomlBreach[] {
  const wanted = most === undefined ? `at least ${least}` : `from ${least} to ${most}`
  return valuesAt(toml, keys).flatMap(({ path, value }) => {
    if (typeof value !== 'bigint' || (value >= least && (most === undefined || value <= most))) return []
    return [{ path, value, message: `must be ${wanted}, got ${valueText(value)}` }]
  })
}

function idle(toml: TomlDocument): readonly TomlBreach[] {
  return valuesAt(toml, ['compaction', 'idleTimeout']).flatMap(({ path, value }) => {
    const seconds = typeof value === 'bigint' ? Number(value) : typeof value === 'string' && parseDuration(value)
    if (typeof seconds !== 'number' || seconds > 0) return []
    return [{ path, value, message: `must be greater than 0, got ${valueText(value)}` }]
  })
}

function floor(toml: TomlDocument): readonly TomlBreach[] {
  const percent = valueAt(toml, ['compaction', 'minReclaimPercent'])?.value ?? BigInt(RECLAIM_PERCENT)
  return valuesAt(toml, ['compaction', 'minReclaimPercentFloor']).flatMap(({ path, value }) => {
    if (typeof value !== 'bigint' || typeof percent !== 'bigint' || value <= percent) return []
    return [
      { path, value, message: `must be at most the ${percent} of \`compaction.minReclaimPercent\`, got ${value}` },
    ]
  })
}
