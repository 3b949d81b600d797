import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

export const metadata = (name: string, namespace = 'ci') => ({ name, namespace })
export const template = (spec: object = {}) => ({ kind: 'BuildkitTemplate', metadata: metadata('example'), spec })
export const buildkit = (name: string, spec: object = {}) => ({ kind: 'Buildkit', metadata: metadata(name), spec })
export const v1 = (kind: string, spec: unknown, namespace?: string) => {
  return { apiVersion: 'v1', kind, metadata: metadata(kind.toLowerCase(), namespace), spec }
}
export const limited = (limits: object, requests?: object) => template({ resources: { default: { limits, requests } } })

/** What is said of objects, each as rule, kind, field and message. */
export function saidOf(...objects: readonly object[]): readonly string[] {
  const results = resultsOf(objects.map((object) => stringify(object)).join('---\n'))
  return results.map(({ tags, resourceRef, field, message }) => {
    return [tags?.rule, resourceRef?.kind, field?.path, message].join(' ')
  })
}

export const range = (limit: object) => v1('LimitRange', { limits: [{ type: 'Container', ...limit }] })
export const quota = (hard: object, more: object = {}) => v1('ResourceQuota', { hard, ...more })

export const budget = (
  spec: object,
  labels: object = { 'buildkit.seatgeek.io/template': 'example' },
  name = 'pdb',
) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata(name),
  spec: { ...spec, selector: { matchLabels: labels } },
})
