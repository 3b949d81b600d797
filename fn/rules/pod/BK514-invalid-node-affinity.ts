import { isDnsSubdomain } from '../../../crds/dns-subdomain.ts'
import type { Path } from '../../../crds/validate.ts'
import { DNS_SUBDOMAIN } from '../../upstream/kubernetes/labels.ts'
import { type Requirement, requirementIssues } from '../../upstream/kubernetes/requirements.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

type Affinity = NonNullable<NonNullable<TemplateFacts['spec']['scheduling']['affinity']>['nodeAffinity']>
type Term = NonNullable<Affinity['requiredDuringSchedulingIgnoredDuringExecution']>['nodeSelectorTerms'][number]

const PATH = ['spec', 'scheduling', 'affinity', 'nodeAffinity']

/** Node affinity that Kubernetes does not take. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A condition of `nodeAffinity` is incomplete or uses an unknown operator.',
    why: 'The API server rejects the Pod.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateNodeAffinity',
    example: {
      wrong: templateOf({
        scheduling: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'Equals', values: ['arm64'] }],
                  },
                ],
              },
            },
          },
        },
      }),
      right: templateOf({
        scheduling: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }],
                  },
                ],
              },
            },
          },
        },
      }),
    },
  }),
  of: 'template',
  needs: 'affinity',
  find: ({ spec }) => {
    const affinity = spec.scheduling.affinity?.nodeAffinity
    return affinity ? [...requiredIssues(affinity), ...preferredIssues(affinity)] : []
  },
}

function requiredIssues({ requiredDuringSchedulingIgnoredDuringExecution: required }: Affinity): readonly Breach[] {
  const path = [...PATH, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms']
  if (required?.nodeSelectorTerms.length === 0) return [{ path, message: 'must have at least one term, got none' }]
  return (required?.nodeSelectorTerms ?? []).flatMap((term, at) => termIssues(term, [...path, at], false))
}

function preferredIssues({ preferredDuringSchedulingIgnoredDuringExecution: terms = [] }: Affinity): readonly Breach[] {
  return terms.flatMap(({ weight, preference }, at) => {
    const path = [...PATH, 'preferredDuringSchedulingIgnoredDuringExecution', at]
    const message = `must be from 1 to 100, got ${weight}`
    const isWeight = weight >= 1 && weight <= 100
    return [
      ...(isWeight ? [] : [{ path: [...path, 'weight'], message, currentValue: weight }]),
      ...termIssues(preference, [...path, 'preference'], true),
    ]
  })
}

function termIssues(term: Term, path: Path, takesAnyValue: boolean): readonly Breach[] {
  const { matchExpressions = [], matchFields = [] } = term
  return [
    ...matchExpressions.flatMap((one, at) => {
      return requirementIssues(one, [...path, 'matchExpressions', at], { ofNodes: true, takesAnyValue })
    }),
    ...matchFields.flatMap((one, at) => fieldIssues(one, [...path, 'matchFields', at])),
  ]
}

/** There is one field to compare, and two ways to do it (ValidateNodeFieldSelectorRequirement). */
function fieldIssues({ key, operator, values = [] }: Requirement, path: Path): readonly Breach[] {
  const breaches: Breach[] = []
  if (key !== 'metadata.name')
    breaches.push({ path: [...path, 'key'], message: `must be "metadata.name", got "${key}"`, currentValue: key })
  if (operator !== 'In' && operator !== 'NotIn')
    breaches.push({
      path: [...path, 'operator'],
      message: `must be "In" or "NotIn", got "${operator}"`,
      currentValue: operator,
    })
  else if (values.length !== 1)
    breaches.push({ path: [...path, 'values'], message: `must have one value, got ${values.length}` })
  const wrong = key === 'metadata.name' ? values.findIndex((value) => !isDnsSubdomain(value)) : -1
  if (wrong >= 0) {
    const message = `must be ${DNS_SUBDOMAIN}, got "${values[wrong]}"`
    breaches.push({ path: [...path, 'values', wrong], message, currentValue: values[wrong] })
  }
  return breaches
}
