import { closest } from '../../../crds/closest.ts'
import { BUILDKIT_LABEL, GROUP, TEMPLATE_LABEL } from '../../../crds/names.ts'
import { grouped, oncePer } from '../../common/collections.ts'
import type { LabelSelector } from '../../upstream/kubernetes/label-selectors.ts'
import type { PackageFacts } from './facts.ts'
import type { Selecting } from './selected-by.ts'

/** Labels by which people name an application. */
const NAMES = ['app', 'k8s-app', 'name', 'app.kubernetes.io/name', 'app.kubernetes.io/component']
const IS_BUILDER = /^(?:.*[-_.])?buildkit(?:d|s)?$/
/** So many workloads of one name are looked at; with more of them a selector is theirs. */
const WORKLOADS_MAX = 100

/**
 * Whether a selector is meant for builders: by a label of this project or, beside builders, by the name that other Pods of BuildKit
 * have.
 */
export function isMeantForBuilders({ selector, namespace }: Selecting, facts: PackageFacts): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)]
  if (keys.some((key) => key.startsWith(`${GROUP}/`))) return true
  const name = NAMES.find((key) => IS_BUILDER.test(ownValue(matchLabels, key) ?? ''))
  if (!name || !facts.buildkits.some(({ value }) => value.metadata.namespace === namespace)) return false
  return !isOfOthers(matchLabels, workloadsNamed(facts).get(`${name}: ${matchLabels[name]}`) ?? [])
}

/** Whether one of these workloads, such as a Deployment, has all of these labels. */
function isOfOthers(labels: Readonly<Record<string, string>>, workloads: readonly string[]): boolean {
  const patterns = Object.entries(labels).map(([key, value]) => {
    return new RegExp(`${literal(key)}${BETWEEN}${literal(value)}\\b`)
  })
  const isOne = (text: string) => patterns.every((pattern) => pattern.test(text))
  return workloads.length > WORKLOADS_MAX || workloads.some(isOne)
}

const WORKLOAD = /kind["']?[ \t]*:[ \t]*["']?(?:Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)\b/
const BETWEEN = `["']?[ \\t]*:[ \\t]*["']?`
const NAMED = new RegExp(`(?<![\\w./-])(${NAMES.map(literal).join('|')})${BETWEEN}([\\w.-]+)`, 'g')

/** The texts of a package's workloads, by each label that may name them. */
const workloadsNamed = oncePer(({ items }: PackageFacts) => {
  const workloads = items.filter(({ text }) => WORKLOAD.test(text))
  const named = workloads.flatMap(({ text }) => {
    const names = [...text.matchAll(NAMED)].map(([, key, value]) => `${key}: ${value}`)
    return [...new Set(names)].map((name) => ({ name, text }))
  })
  const byName = grouped(named, ({ name }) => name)
  return new Map([...byName].map(([name, found]) => [name, found.map(({ text }) => text)]))
})

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** To compare a name with 10,000 takes its time, and nobody reads more of them. */
const HINTS_MAX = 50

/** What to write in selectors that miss all builders, of each in its turn. */
export function hintsForBuilders(facts: PackageFacts): (selector: LabelSelector) => string {
  const buildkits = [...new Set(facts.buildkits.map(({ value }) => value.metadata.name))]
  const templates = [...new Set(facts.templates.map(({ template }) => template.value.metadata.name))]
  let left = HINTS_MAX
  return (selector) => {
    left -= 1
    return left < 0 ? '' : hintIn(selector, { buildkits, templates })
  }
}

interface Names {
  readonly buildkits: readonly string[]
  readonly templates: readonly string[]
}

function hintIn({ matchLabels = {} }: LabelSelector, { buildkits, templates }: Names): string {
  const buildkit = ownValue(matchLabels, BUILDKIT_LABEL)
  const template = ownValue(matchLabels, TEMPLATE_LABEL)
  if (buildkit === undefined && template === undefined) return `; select them by "${BUILDKIT_LABEL}"`
  const meant = [buildkit && closest(buildkit, buildkits), template && closest(template, templates)].find(
    (name) => name && name !== buildkit && name !== template,
  )
  return meant ? `; did you mean "${meant}"?` : ''
}

function ownValue(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}
