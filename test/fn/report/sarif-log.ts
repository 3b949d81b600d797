import * as z from 'zod/mini'

const Text = z.strictObject({ text: z.string().check(z.minLength(1)) })
const Level = z.enum(['none', 'note', 'warning', 'error'])
const FromOne = z.int().check(z.minimum(1))
const Rule = z.strictObject({
  id: z.string(),
  shortDescription: Text,
  fullDescription: z.optional(Text),
  helpUri: z.url(),
  defaultConfiguration: z.strictObject({ level: Level }),
})
const Location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().check(z.regex(/^[\w.~:/%!*'()-]+$/)) }),
    region: z.optional(z.strictObject({ startLine: FromOne, startColumn: FromOne })),
  }),
})

/** As much of SARIF 2.1.0 (OASIS) as we write: no package that is small has its schema, which knows much more. */
export const SarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          version: z.string(),
          informationUri: z.url(),
          rules: z.array(Rule),
        }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().check(z.minimum(0)),
          level: Level,
          message: Text,
          locations: z.optional(z.array(Location)),
        }),
      ),
    }),
  ),
})
