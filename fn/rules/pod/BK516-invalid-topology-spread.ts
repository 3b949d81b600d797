import type { Path } from '../../../crds/validate.ts'
import { choiceIssues } from '../../upstream/kubernetes/choice-issues.ts'
import { labelSelectorIssues, matchLabelKeysIssues } from '../../upstream/kubernetes/label-selectors.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { podLabelKeys } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

type Constraint = NonNullable<TemplateFacts['spec']['scheduling']['topologySpreadConstraints']>[number]

const UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway']
const NODE_POLICIES = ['Honor', 'Ignore']

/** Spreading that Kubernetes does not take. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A constraint of `topologySpreadConstraints` uses an unknown value, or contradicts itself or another constraint.',
    why: 'The API server rejects the Pod.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateTopologySpreadConstraints',
    example: {
      wrong: templateOf({
        podLabels: { 'example.com/size': 'large' },
        scheduling: {
          topologySpreadConstraints: [
            {
              maxSkew: 0,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { 'example.com/size': 'large' } },
            },
          ],
        },
      }),
      right: templateOf({
        podLabels: { 'example.com/size': 'large' },
        scheduling: {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { 'example.com/size': 'large' } },
            },
          ],
        },
      }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: (template) => {
    const ofPods = podLabelKeys(template)
    const first = new Map<string, number>()
    return (template.spec.scheduling.topologySpreadConstraints ?? []).flatMap((constraint, at) => {
      const path = ['spec', 'scheduling', 'topologySpreadConstraints', at]
      const pair = `${constraint.topologyKey} ${constraint.whenUnsatisfiable}`
      const same = first.get(pair)
      if (same === undefined) first.set(pair, at)
      return [
        ...numberIssues(constraint, path),
        ...wordIssues(constraint, path),
        ...(same === undefined ? [] : [repetition(path, same)]),
        ...matchLabelKeysIssues(constraint, path, ofPods),
        ...labelSelectorIssues(constraint.labelSelector, [...path, 'labelSelector']),
      ]
    })
  },
}

function numberIssues({ maxSkew, minDomains, whenUnsatisfiable }: Constraint, path: Path): readonly Breach[] {
  const breaches: Breach[] = []
  if (maxSkew < 1)
    breaches.push({ path: [...path, 'maxSkew'], message: `must be at least 1, got ${maxSkew}`, currentValue: maxSkew })
  if (minDomains === undefined) return breaches
  const field = { path: [...path, 'minDomains'], currentValue: minDomains }
  if (minDomains < 1) breaches.push({ ...field, message: `must be at least 1, got ${minDomains}` })
  if (whenUnsatisfiable !== 'DoNotSchedule') {
    const message = `must be set only with \`whenUnsatisfiable: DoNotSchedule\`, got "${whenUnsatisfiable}"; remove it`
    breaches.push({ ...field, message })
  }
  return breaches
}

function wordIssues(constraint: Constraint, path: Path): readonly Breach[] {
  const { topologyKey, whenUnsatisfiable, nodeAffinityPolicy, nodeTaintsPolicy } = constraint
  const key = { path: [...path, 'topologyKey'], message: 'must be the key of a node label, got ""', currentValue: '' }
  return [
    ...(topologyKey === '' ? [key] : []),
    ...choiceIssues(UNSATISFIABLE, whenUnsatisfiable, [...path, 'whenUnsatisfiable']),
    ...choiceIssues(NODE_POLICIES, nodeAffinityPolicy, [...path, 'nodeAffinityPolicy']),
    ...choiceIssues(NODE_POLICIES, nodeTaintsPolicy, [...path, 'nodeTaintsPolicy']),
  ]
}

function repetition(path: Path, at: number): Breach {
  const message = `must be the only one with this \`topologyKey\` and \`whenUnsatisfiable\`, but topologySpreadConstraints[${at}] has both; remove one of them`
  return { path, message }
}
