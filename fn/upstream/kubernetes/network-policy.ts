import * as z from 'zod/mini'
import { LabelSelector } from '../../../crds/kubernetes/label-selector.ts'
import type { Item, KubernetesObject } from '../../input/item.ts'
import type { Source } from '../../input/select.ts'

const Port = z.lazy(() =>
  z.looseObject({
    protocol: z.nullish(z.string()),
    port: z.nullish(z.union([z.number(), z.string()])),
    endPort: z.nullish(z.number()),
  }),
)
const Peer = z.lazy(() =>
  z.looseObject({
    podSelector: z.nullish(LabelSelector),
    namespaceSelector: z.nullish(LabelSelector),
    ipBlock: z.nullish(z.looseObject({ cidr: z.string() })),
  }),
)
/** As much of a NetworkPolicy as rules look at; what the API server would refuse is its business. Few packages have one. */
const Spec = z.lazy(() => {
  const [ports, peers] = [z.nullish(z.array(Port)), z.nullish(z.array(Peer))]
  return z.looseObject({
    podSelector: z.nullish(LabelSelector),
    policyTypes: z.nullish(z.array(z.string())),
    ingress: z.nullish(z.array(z.looseObject({ ports, from: peers }))),
    egress: z.nullish(z.array(z.looseObject({ ports, to: peers }))),
  })
})

export type PolicyPort = z.infer<typeof Port>
export type PolicyPeer = z.infer<typeof Peer>

/** What a rule of a NetworkPolicy lets through; no ports or no peers mean all of them. */
export interface PolicyRule {
  readonly ports: readonly PolicyPort[]
  readonly peers: readonly PolicyPeer[]
}

/** A NetworkPolicy as a network plugin reads it. */
export interface NetworkPolicy {
  readonly item: Item
  readonly namespace: string | undefined
  readonly selector: z.infer<typeof LabelSelector>
  /** What it lets in; undefined where it says nothing of that direction. */
  readonly ingress: readonly PolicyRule[] | undefined
  readonly egress: readonly PolicyRule[] | undefined
  /** Whether it restricts who comes in without saying so: it has rules for the way out only, and no types. */
  readonly isIngressImplied: boolean
}

/** A NetworkPolicy with the defaults of Kubernetes; undefined where it is not one that the API server would take. */
export function networkPolicyOf({ item, value }: Source<KubernetesObject>): NetworkPolicy | undefined {
  const spec = z.safeParse(Spec, value.spec ?? {}).data
  if (!spec) return undefined
  const egress = (spec.egress ?? []).map(({ ports, to }) => ({ ports: ports ?? [], peers: to ?? [] }))
  const ingress = (spec.ingress ?? []).map(({ ports, from }) => ({ ports: ports ?? [], peers: from ?? [] }))
  const types = spec.policyTypes?.length ? spec.policyTypes : ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])]
  return {
    item,
    namespace: value.metadata.namespace,
    selector: spec.podSelector ?? {},
    ingress: types.includes('Ingress') ? ingress : undefined,
    egress: types.includes('Egress') ? egress : undefined,
    isIngressImplied: !spec.policyTypes?.length && !spec.ingress && egress.length > 0,
  }
}
