import { writtenAt } from '../../results/toml-texts.ts'
import { mistakesIn } from '../../upstream/buildkit/mistakes-in.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A value that BuildKit's reader cannot store. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A key has a value of the wrong type.',
    why: 'buildkitd reports "cannot decode TOML string into …" and exits, so the Pod crash-loops.',
    source: 'go-toml v2.4.3, unmarshaler.go, assignValue; buildkit v0.34.2, cmd/buildkitd/config/config.go',
    example: {
      wrong: templateOfToml('[registry."docker.io"]\nmirrors = "mirror.example.com"\n'),
      right: templateOfToml('[registry."docker.io"]\nmirrors = ["mirror.example.com"]\n'),
    },
  }),
  ...asWritten((toml) =>
    mistakesIn(toml).flatMap((mistake) => {
      if (mistake.kind !== 'type') return []
      const { path, value, expected } = mistake
      const message = `must be ${expected}, got ${writtenAt(toml, path, value)}`
      const proposedValue = meant(value, expected)
      if (proposedValue === undefined) return [{ path, value, message }]
      return [{ path, value, message, proposedValue, fix: { kind: 'set' as const, value: proposedValue } }]
    }),
  ),
}

/** What a text says without its quotes or in a list, and a number in quotes, as TOML has it. */
function meant(value: unknown, expected: string): string | undefined {
  if (typeof value === 'bigint') return expected === 'a string' ? `"${value}"` : undefined
  if (typeof value !== 'string') return undefined
  if (expected === 'a list of strings') return value === '' ? '[]' : `[${JSON.stringify(value)}]`
  if (expected === 'true or false') return /^(?:true|false)$/.test(value) ? value : undefined
  return expected.startsWith('a whole number') && /^\d{1,9}$/.test(value) ? value : undefined
}
