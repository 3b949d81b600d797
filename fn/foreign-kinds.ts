import type { KubernetesObject } from './item.ts'

/** A list of a `Selection` with objects of others that matter to rendering or to its rules. */
export type ForeignList = 'foreignPods' | 'kustomizations' | 'namespaces' | 'networkPolicies'

/** The list that an object goes to, by its group and kind: other groups have kinds of the same names. All others are copied unread. */
const LISTS: Readonly<Record<string, ForeignList>> = {
  '/Namespace': 'namespaces',
  '/Pod': 'foreignPods',
  'kustomize.config.k8s.io/Component': 'kustomizations',
  'kustomize.config.k8s.io/Kustomization': 'kustomizations',
  'networking.k8s.io/NetworkPolicy': 'networkPolicies',
}

const KINDS = Object.keys(LISTS).map((key) => key.slice(key.indexOf('/') + 1))

/** What the text of such an object has. */
export const HAS_FOREIGN_KIND = new RegExp(`kind["']?[ \\t]*:[ \\t]*["']?(?:${KINDS.join('|')})\\b`)

/** The list that an object goes to, if there is one for its kind. */
export function foreignListOf({ apiVersion, kind }: KubernetesObject): ForeignList | undefined {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  return LISTS[`${group}/${kind}`]
}
