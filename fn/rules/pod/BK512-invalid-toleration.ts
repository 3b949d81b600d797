import type { Path } from '../../../crds/validate.ts'
import { choiceIssues } from '../../upstream/kubernetes/choice-issues.ts'
import { isLabelKey, isLabelValue, LABEL_KEY, LABEL_VALUE } from '../../upstream/kubernetes/labels.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

type Toleration = NonNullable<TemplateFacts['spec']['scheduling']['tolerations']>[number]

const OPERATORS = ['Equal', 'Exists']
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Tolerations that Kubernetes does not take. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A toleration contradicts itself, or uses an unknown operator or effect.',
    why: 'The API server rejects the Pod. It accepts "Lt" and "Gt" only with the feature gate TaintTolerationComparisonOperators, which is off by default.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateTolerations',
    example: {
      wrong: templateOf({
        scheduling: { tolerations: [{ key: 'dedicated', operator: 'Exists', value: 'buildkit' }] },
      }),
      right: templateOf({
        scheduling: { tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'buildkit' }] },
      }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: ({ spec }) => (spec.scheduling.tolerations ?? []).flatMap((toleration, at) => mistakesIn(toleration, at)),
}

function mistakesIn(toleration: Toleration, at: number): readonly Breach[] {
  const { key = '', effect = '', tolerationSeconds } = toleration
  const path = ['spec', 'scheduling', 'tolerations', at]
  const breaches: Breach[] = []
  if (key !== '' && !isLabelKey(key))
    breaches.push({ path: [...path, 'key'], message: `must be ${LABEL_KEY}, got "${key}"`, currentValue: key })
  const effectIssues = choiceIssues(EFFECTS, effect || undefined, [...path, 'effect'])
  breaches.push(...effectIssues)
  if (effectIssues.length === 0 && tolerationSeconds !== undefined && effect !== 'NoExecute')
    breaches.push({
      path: [...path, 'tolerationSeconds'],
      message: `must be set only with the effect "NoExecute", got ${effect === '' ? 'none' : `"${effect}"`}; remove it, or set that effect`,
      currentValue: tolerationSeconds,
    })
  return [...breaches, ...comparison(toleration, path)]
}

function comparison({ key = '', operator = '', value = '' }: Toleration, path: Path): readonly Breach[] {
  const field = { path: [...path, 'operator'], currentValue: operator }
  if (key === '' && operator !== 'Exists')
    return [{ ...field, message: `must be "Exists" without a \`key\`, got "${operator}"` }]
  if (operator === 'Exists') {
    const message = `must be left out with the operator "Exists", got "${value}"; remove it, or use "Equal"`
    return value === '' ? [] : [{ path: [...path, 'value'], message, currentValue: value }]
  }
  if (operator === '' || operator === 'Equal') {
    const message = `must be ${LABEL_VALUE}, got "${value}"`
    return isLabelValue(value) ? [] : [{ path: [...path, 'value'], message, currentValue: value }]
  }
  return choiceIssues(OPERATORS, operator, field.path)
}
