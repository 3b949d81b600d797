import { type Finding, fieldFinding } from '../finding.ts'
import type { Item } from '../item.ts'
import { RULES, ruleNamed } from './book.ts'
import type { Breach } from './breach.ts'
import type { BuilderFacts, PackageFacts } from './facts.ts'
import { ignoredBy } from './ignoring/ignored-by.ts'
import { UNUSED_IGNORE, unusedIgnore } from './ignoring/unused-ignore.ts'
import type { Rule, RuleSettings, Severity } from './rule.ts'

/** Of each rule: far more than is told, so that those which are alike can be counted. */
const FOUND_MAX = 100_000

/** Everything that breaks a rule, as results with the rule's id in their tags; and every wish to ignore one that nothing breaks. */
export function judge(facts: PackageFacts, settings: RuleSettings): readonly Finding[] {
  const heeded = new Map<Item, Set<string>>()
  const isIgnored = (rule: Rule, { judged }: Found) => {
    const ignoring = rule.cannotWork ? [] : judged.filter((item) => ignoredBy(item).includes(rule.id))
    for (const item of ignoring) heeded.set(item, (heeded.get(item) ?? new Set()).add(rule.id))
    return ignoring.length > 0
  }
  const results = RULES.flatMap((rule) => {
    const found: Found[] = []
    for (const one of foundBy(rule, facts)) {
      if (found.length === FOUND_MAX) break
      if (!isIgnored(rule, one)) found.push(one)
    }
    return resultsOf(rule, settings, found)
  })
  return [...results, ...resultsOf(UNUSED_IGNORE, settings, unusedIgnores(facts, heeded))]
}

function resultsOf(rule: Rule, settings: RuleSettings, found: readonly Found[]): readonly Finding[] {
  const severity = rule.cannotWork ? rule.severity : (settings[rule.id] ?? rule.severity)
  return severity === 'none' ? [] : found.map((one) => resultOf(rule, severity, one))
}

interface Found {
  readonly item: Item
  readonly finding: Breach
  /** The objects that may ask to ignore it. */
  readonly judged: readonly Item[]
}

function* foundBy(rule: Rule, facts: PackageFacts): Generator<Found> {
  switch (rule.of) {
    case 'template':
      for (const template of facts.templates) yield* inTemplate(template.template.item, rule.find(template))
      break
    case 'builder':
      for (const builder of facts.builders) yield* inBuilder(builder, rule.find(builder))
      break
    case 'package':
      for (const finding of rule.find(facts)) {
        const { item } = finding
        if (item) yield { item, finding, judged: [item] }
      }
  }
}

function inTemplate(template: Item, findings: readonly Breach[]): readonly Found[] {
  return findings.map((finding) => ({ item: finding.item ?? template, finding, judged: [template] }))
}

/** What is said of the first Buildkit holds for the others that are like it; `counted` makes one of them all. */
function inBuilder({ template, buildkits }: BuilderFacts, findings: readonly Breach[]): readonly Found[] {
  const [first] = buildkits
  const items = first ? buildkits.map(({ item }) => item) : [template.template.item]
  return findings.flatMap((finding) => {
    const isAboutEach = finding.item === undefined || finding.item === first?.item
    if (isAboutEach) return items.map((item) => ({ item, finding, judged: [template.template.item, item] }))
    return finding.item ? [{ item: finding.item, finding, judged: [template.template.item, ...items] }] : []
  })
}

function resultOf({ id }: Rule, severity: Severity, { item, finding: { toml, item: _, ...issue } }: Found): Finding {
  return { ...fieldFinding(severity, item, issue), rule: id, ...(toml && { toml }) }
}

function unusedIgnores(facts: PackageFacts, heeded: Heeded): readonly Found[] {
  const { templates, buildkits, namespaces, networkPolicies } = facts
  // What builders of such a template would break is judged where there are some.
  const idle = new Set(templates.flatMap((one) => (one.buildkits.length === 0 ? one.template.item : [])))
  const sources = [...templates.map(({ template }) => template), ...buildkits, ...namespaces, ...networkPolicies]
  return sources.flatMap(({ item }) =>
    ignoredBy(item).flatMap((id) => {
      const rule = ruleNamed(id)
      if (heeded.get(item)?.has(id) || (rule?.of === 'builder' && !rule.cannotWork && idle.has(item))) return []
      return [{ item, finding: unusedIgnore(id, rule), judged: [] }]
    }),
  )
}

type Heeded = ReadonlyMap<Item, ReadonlySet<string>>
