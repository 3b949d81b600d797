import type { KubernetesObject } from './item.ts'

/** The list that an object goes to, by its group and kind: other groups have kinds of the same names. All others are copied unread. */
const LISTS = {
  '/LimitRange': 'limitRanges',
  '/Namespace': 'namespaces',
  '/Pod': 'foreignPods',
  '/ResourceQuota': 'resourceQuotas',
  '/Service': 'services',
  'kustomize.config.k8s.io/Component': 'kustomizations',
  'kustomize.config.k8s.io/Kustomization': 'kustomizations',
  'networking.k8s.io/NetworkPolicy': 'networkPolicies',
} as const

/** A list of a `Selection` with objects of others that matter to rendering or to its rules. */
export type ForeignList = (typeof LISTS)[keyof typeof LISTS]

const KINDS = Object.keys(LISTS).map((key) => key.slice(key.indexOf('/') + 1))

/** What the text of such an object has. */
export const HAS_FOREIGN_KIND = new RegExp(`kind["']?[ \\t]*:[ \\t]*["']?(?:${KINDS.join('|')})\\b`)

/** The list that an object goes to, if there is one for its kind. */
export function foreignListOf({ apiVersion, kind }: KubernetesObject): ForeignList | undefined {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  const key = `${group}/${kind}`
  return Object.hasOwn(LISTS, key) ? LISTS[key as keyof typeof LISTS] : undefined
}
