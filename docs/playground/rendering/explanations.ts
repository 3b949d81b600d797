import type { Placed } from '../../../fn/report/placed.ts'
import { sentenceOf } from '../../../fn/results/results.ts'
import { RULES } from '../../../fn/rules/book.ts'
import { exampleText } from '../../../fn/rules/example.ts'
import type { Explanation, Remark } from './messages.ts'

/** Findings as the page shows them. */
export function remarksOf(found: readonly Placed[]): readonly Remark[] {
  return found.map(({ finding, position }) => ({
    severity: finding.severity,
    sentence: sentenceOf(finding),
    ...(position && { position }),
    ...(finding.rule && { rule: finding.rule.id }),
  }))
}

/** What there is to read about the rules that remarks name. */
export function explanationsOf(remarks: readonly Remark[]): Readonly<Record<string, Explanation>> {
  const named = new Set(remarks.map(({ rule }) => rule))
  const rules = RULES.filter(({ id }) => named.has(id))
  return Object.fromEntries(
    rules.map(({ id, slug, text }) => {
      const { example, ...said } = text()
      const examples = { wrong: exampleText(example.wrong), right: exampleText(example.right) }
      return [id, { title: `${id} ${slug}`, ...said, ...examples }]
    }),
  )
}
