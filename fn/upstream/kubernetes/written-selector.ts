import * as z from 'zod/mini'
import type { LabelSelector } from './label-selectors.ts'

/**
 * A label selector in an object of others: as for the API server, a field that is null is not set, and a selector without fields selects all.
 * `validate` of our own kinds would drop a label that is null, too, and so select more; here such a selector is not one.
 */
export const WrittenSelector = z.lazy(() => z.pipe(Written, z.transform(withoutNulls)))

const Requirement = z.lazy(() =>
  z.strictObject({ key: z.string(), operator: z.string(), values: z.nullish(z.array(z.string())) }),
)
const Written = z.lazy(() =>
  z.strictObject({
    matchLabels: z.nullish(z.record(z.string(), z.string())),
    matchExpressions: z.nullish(z.array(Requirement)),
  }),
)

function withoutNulls({ matchLabels, matchExpressions }: z.infer<typeof Written>): LabelSelector {
  return {
    matchLabels: matchLabels ?? undefined,
    matchExpressions: matchExpressions?.map(({ values, ...compared }) => ({
      ...compared,
      values: values ?? undefined,
    })),
  }
}
