import { keyText } from '../../results/toml-texts.ts'
import { mistakesIn } from '../../upstream/buildkit/mistakes-in.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** One key in two spellings. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A key is set twice with different capitalization.',
    why: 'TOML has two keys here, but BuildKit has one: it silently uses the later value. Of two tables, it uses the later value of each key.',
    source: 'go-toml v2.4.3, unmarshaler.go, structPlan.lookup',
    example: {
      wrong: templateOfToml('[worker.oci]\nmax-parallelism = 4\nMax-Parallelism = 8\n'),
      right: templateOfToml('[worker.oci]\nMax-Parallelism = 8\n'),
    },
  }),
  ...asWritten((toml) =>
    mistakesIn(toml).flatMap((mistake) => {
      if (mistake.kind !== 'twice') return []
      const { path, value, other } = mistake
      return [
        {
          path,
          value,
          message: `must be set only once; BuildKit treats \`${keyText(other)}\` as the same key`,
        },
      ]
    }),
  ),
}
