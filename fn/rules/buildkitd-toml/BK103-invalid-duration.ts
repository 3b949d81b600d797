import { writtenAt } from '../../results/toml-texts.ts'
import { mistakesIn } from '../../upstream/buildkit/mistakes-in.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const HOURS: Readonly<Record<string, number>> = { d: 24, w: 7 * 24 }

/** A duration that BuildKit cannot parse. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'BuildKit cannot parse this duration.',
    why: 'buildkitd reports "invalid duration" and exits, so the Pod crash-loops. The longest unit is the hour. A number without a unit means seconds, in decimal digits.',
    source: 'buildkit v0.34.2, cmd/buildkitd/config/gcpolicy.go, Duration.UnmarshalText',
    example: {
      wrong: templateOfToml('[history]\nmaxAge = "7d"\n'),
      right: templateOfToml('[history]\nmaxAge = "168h"\n'),
    },
  }),
  ...asWritten((toml) =>
    mistakesIn(toml).flatMap(({ kind, path, value }) => {
      if (kind !== 'duration') return []
      const proposedValue = inHours(value)
      const message = `must be a duration such as "48h" or a number of seconds, got ${writtenAt(toml, path, value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}

/** "7d" in a unit that BuildKit has. */
function inHours(value: unknown): string | undefined {
  const [, count, unit = ''] = /^(\d{1,5})([dw])$/.exec(String(value)) ?? []
  const hours = HOURS[unit]
  return hours === undefined ? undefined : `${Number(count) * hours}h`
}
