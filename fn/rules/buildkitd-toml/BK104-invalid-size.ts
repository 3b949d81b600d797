import { writtenAt } from '../../results/toml-texts.ts'
import { mistakesIn } from '../../upstream/buildkit/mistakes-in.ts'
import { parseSize } from '../../upstream/buildkit/sizes.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** An amount of disk space that BuildKit cannot parse. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'BuildKit cannot parse this amount of disk space.',
    why: 'buildkitd reports "invalid disk space" and exits, so the Pod crash-loops. It accepts bytes, "10GB" or "10GiB" (both are 1024³) and whole percentages, but not "10Gi" as Kubernetes does.',
    source: 'buildkit v0.34.2, cmd/buildkitd/config/gcpolicy.go, DiskSpace.UnmarshalText; go-units v0.5.0, size.go',
    example: {
      wrong: templateOfToml('[worker.oci]\nmaxUsedSpace = "80Gi"\n'),
      right: templateOfToml('[worker.oci]\nmaxUsedSpace = "80GiB"\n'),
    },
  }),
  ...asWritten((toml) =>
    mistakesIn(toml).flatMap(({ kind, path, value }) => {
      if (kind !== 'size') return []
      const proposedValue = repaired(value)
      const message = `must be bytes, an amount such as "10GB" or a percentage such as "20%", got ${writtenAt(toml, path, value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}

/** A unit of Kubernetes with the "B" that BuildKit wants, or without the blanks that it does not. */
function repaired(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined
  const compact = value.replaceAll(/\s/g, '')
  return [compact, `${compact}B`].find((text) => text !== '' && parseSize(text) !== undefined)
}
