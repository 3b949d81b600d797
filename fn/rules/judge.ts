import type { Item } from '../input/item.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { RULES, ruleNamed } from './book.ts'
import type { Breach } from './breaches/breach.ts'
import { type BuilderFacts, type PackageFacts, SURROUNDINGS } from './facts/facts.ts'
import { ignoredBy } from './facts/ignores.ts'
import { UNUSED_IGNORE, unusedIgnore } from './ignoring/BK001-unused-ignore.ts'
import type { Rule, RuleSettings, Severity } from './rule.ts'
import { isInBuilder, isInPackage, isInTemplate } from './subjects.ts'

/** Of each rule: far more than is told, so that those which are alike can be counted. */
const FOUND_MAX = 100_000

export interface Judging {
  readonly rules: RuleSettings
  /** Whether anybody is told of advice; where nobody is, rules that give it are not asked. */
  readonly isAdvised: boolean
}

/** Everything that breaks a rule, as findings with the rule's id; and every wish to ignore one that nothing breaks. */
export function judge(facts: PackageFacts, judging: Judging): readonly Finding[] {
  const heeded = new Map<Item, Set<string>>()
  const isIgnored = (rule: Rule, { judged }: Found) => {
    const ignoring = rule.cannotWork ? [] : judged.filter((item) => ignoredBy(item).includes(rule.id))
    for (const item of ignoring) heeded.set(item, (heeded.get(item) ?? new Set()).add(rule.id))
    return ignoring.length > 0
  }
  const findings = RULES.flatMap((rule) => {
    const severity = severityOf(rule, judging)
    if (severity === undefined) return []
    const found: Found[] = []
    for (const one of foundBy(rule, facts)) {
      if (found.length === FOUND_MAX) break
      if (!isIgnored(rule, one)) found.push(one)
    }
    return found.map((one) => findingOf(rule, severity, one))
  })
  const severity = severityOf(UNUSED_IGNORE, judging)
  if (severity === undefined) return findings
  const isAsked = (rule: Rule | undefined) => rule === undefined || severityOf(rule, judging) !== undefined
  const unused = unusedIgnores(facts, { heeded, isAsked })
  return [...findings, ...unused.map((one) => findingOf(UNUSED_IGNORE, severity, one))]
}

/** The severity of what breaks a rule; undefined where nobody is told. */
function severityOf(rule: Rule, { rules, isAdvised }: Judging): Severity | undefined {
  const severity = rule.cannotWork ? rule.severity : (rules[rule.id] ?? rule.severity)
  return severity === 'none' || (severity === 'info' && !isAdvised) ? undefined : severity
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
      for (const template of facts.templates)
        if (isInTemplate(rule.needs, template)) yield* inTemplate(template.template.item, rule.find(template))
      break
    case 'builder':
      for (const builder of facts.builders)
        if (isInBuilder(rule.needs, builder)) yield* inBuilder(builder, rule.find(builder))
      break
    case 'package':
      if (isInPackage(rule.needs, facts)) yield* inPackage(rule.find(facts))
  }
}

function inPackage(findings: readonly Breach[]): readonly Found[] {
  return findings.flatMap((finding) => {
    const { item } = finding
    return item ? [{ item, finding, judged: [item] }] : []
  })
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

function findingOf({ id }: Rule, severity: Severity, { item, finding: { toml, item: _, ...issue } }: Found): Finding {
  return { ...fieldFinding(severity, item, issue), rule: id, ...(toml && { toml }) }
}

interface Ignoring {
  /** The rules that each object has not been judged by. */
  readonly heeded: ReadonlyMap<Item, ReadonlySet<string>>
  readonly isAsked: (rule: Rule | undefined) => boolean
}

function unusedIgnores(facts: PackageFacts, { heeded, isAsked }: Ignoring): readonly Found[] {
  const { templates, buildkits } = facts
  // What builders of such a template would break is judged where there are some.
  const idle = new Set(templates.flatMap((one) => (one.buildkits.length === 0 ? one.template.item : [])))
  const surroundings = SURROUNDINGS.flatMap((list) => facts[list])
  const sources = [...templates.map(({ template }) => template), ...buildkits, ...surroundings]
  return sources.flatMap(({ item }) =>
    ignoredBy(item).flatMap((id) => {
      const rule = ruleNamed(id)
      if (!isAsked(rule) || heeded.get(item)?.has(id)) return []
      if (rule?.of === 'builder' && !rule.cannotWork && idle.has(item)) return []
      return [{ item, finding: unusedIgnore(id, rule), judged: [] }]
    }),
  )
}
