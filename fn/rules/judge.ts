import type { RuleSettings, Severity } from '../config/settings.ts'
import type { Item } from '../input/item.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { RULES } from './book.ts'
import type { Breach } from './breaches/breach.ts'
import { type BuilderFacts, type PackageFacts, SURROUNDINGS } from './facts/facts.ts'
import { type IdleIgnore, ignoredBy } from './facts/ignores.ts'
import { ruleMeantBy, ruleNamed } from './named.ts'
import type { Entry } from './rule.ts'
import { isInBuilder, isInPackage, isInTemplate } from './subjects.ts'

/** Of each rule: far more than is told, so that those which are alike can be counted. */
const FOUND_MAX = 100_000

export interface Judging {
  readonly rules: RuleSettings
  /** Whether anybody is told of infos; where nobody is, rules that give them are not asked. */
  readonly isAdvised: boolean
  /** Whether objects are known in part only, so that nobody knows which rules they would break. */
  readonly isPartial?: boolean
}

/** Everything that breaks a rule, as findings with their rules; what nobody needs to ignore comes last. */
export function judge(facts: PackageFacts, judging: Judging): readonly Finding[] {
  const asked = RULES.flatMap((rule) => {
    const severity = severityOf(rule, judging)
    return severity === undefined ? [] : [{ rule, severity }]
  })
  const heeded = new Map<Item, Set<string>>()
  const findings = asked.flatMap(({ rule, severity }) =>
    notIgnored(rule, foundBy(rule, facts), heeded).map((one) => findingOf(rule, severity, one)),
  )
  if (judging.isPartial) return findings
  const idle = idleIgnores(facts, heeded).filter(({ id }) => {
    const rule = ruleNamed(id)
    return rule === undefined || severityOf(rule, judging) !== undefined
  })
  const unneeded = asked.flatMap(({ rule, severity }) =>
    rule.of === 'ignores' ? inPackage(rule.find(idle)).map((one) => findingOf(rule, severity, one)) : [],
  )
  return [...findings, ...unneeded]
}

/** The severity of what breaks a rule; undefined where nobody is told. */
function severityOf(rule: Entry, { rules, isAdvised }: Judging): Severity | undefined {
  const severity = rule.cannotWork ? rule.severity : (rules[rule.id] ?? rule.severity)
  return severity === 'none' || (severity === 'info' && !isAdvised) ? undefined : severity
}

interface Found {
  readonly item: Item
  readonly finding: Breach
  /** The objects that may ask to ignore it. */
  readonly judged: readonly Item[]
}

/** What no object asks to ignore; `heeded` gets the ids that each object has not been judged by. */
function notIgnored(rule: Entry, found: Iterable<Found>, heeded: Map<Item, Set<string>>): readonly Found[] {
  const left: Found[] = []
  for (const one of found) {
    if (left.length === FOUND_MAX) break
    const ignoring = rule.cannotWork ? [] : one.judged.filter((item) => ignoredBy(item).includes(rule.id))
    for (const item of ignoring) heeded.set(item, (heeded.get(item) ?? new Set()).add(rule.id))
    if (ignoring.length === 0) left.push(one)
  }
  return left
}

/** Nothing of rules about ignoring: only what all others find says what is not needed. */
function* foundBy(rule: Entry, facts: PackageFacts): Generator<Found> {
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
      break
    case 'ignores':
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

const NOTHING: readonly Found[] = []

/** What is said of the first Buildkit holds for the others that are like it; `counted` makes one of them all. */
function inBuilder({ template, buildkits }: BuilderFacts, findings: readonly Breach[]): readonly Found[] {
  if (findings.length === 0) return NOTHING
  const [first] = buildkits
  const items = first ? buildkits.map(({ item }) => item) : [template.template.item]
  return findings.flatMap((finding) => {
    const isAboutEach = finding.item === undefined || finding.item === first?.item
    if (isAboutEach) return items.map((item) => ({ item, finding, judged: [template.template.item, item] }))
    return finding.item ? [{ item: finding.item, finding, judged: [template.template.item, ...items] }] : []
  })
}

function findingOf({ id, slug }: Entry, severity: Severity, { item, finding }: Found): Finding {
  const { toml, item: _, ...issue } = finding
  return { ...fieldFinding(severity, item, issue), rule: { id, slug }, ...(toml && { toml }) }
}

/** The ids in annotations that have changed nothing. */
function idleIgnores(facts: PackageFacts, heeded: ReadonlyMap<Item, ReadonlySet<string>>): readonly IdleIgnore[] {
  const { templates, buildkits } = facts
  // What builders of such a template would break is judged where there are some.
  const idle = new Set(templates.flatMap((one) => (one.buildkits.length === 0 ? one.template.item : [])))
  const surroundings = SURROUNDINGS.flatMap((list) => facts[list])
  const sources = [...templates.map(({ template }) => template), ...buildkits, ...surroundings]
  return sources.flatMap(({ item }) =>
    ignoredBy(item).flatMap((id): readonly IdleIgnore[] => {
      const rule = ruleNamed(id)
      if (!rule) return [{ item, id, why: 'no such rule', meant: ruleMeantBy(id)?.id }]
      if (heeded.get(item)?.has(id) || (rule.of === 'builder' && !rule.cannotWork && idle.has(item))) return []
      return [{ item, id, why: rule.cannotWork || rule.of === 'ignores' ? 'cannot be ignored' : 'not broken' }]
    }),
  )
}
