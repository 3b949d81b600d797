import * as z from 'zod/mini'
import type { LabelSelector } from './label-selectors.ts'
import { WrittenSelector } from './written-selector.ts'

const Port = z.lazy(() =>
  z.looseObject({
    protocol: z.nullish(z.string()),
    port: z.nullish(z.union([z.number(), z.string()])),
    endPort: z.nullish(z.number()),
  }),
)
const Peer = z.lazy(() =>
  z.looseObject({
    podSelector: z.nullish(WrittenSelector),
    namespaceSelector: z.nullish(WrittenSelector),
    ipBlock: z.nullish(z.looseObject({ cidr: z.string() })),
  }),
)
/** As much of a NetworkPolicy as rules look at; what the API server would refuse is its business. Few packages have one. */
const Spec = z.lazy(() => {
  const [ports, peers] = [z.nullish(z.array(Port)), z.nullish(z.array(Peer))]
  return z.looseObject({
    podSelector: z.nullish(WrittenSelector),
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
  readonly selector: LabelSelector
  /** What it lets in; undefined where it says nothing of that direction. */
  readonly ingress: readonly PolicyRule[] | undefined
  readonly egress: readonly PolicyRule[] | undefined
  /** Whether it restricts who comes in without saying so: it has rules for the way out only, and no types. */
  readonly isIngressImplied: boolean
}

/** A NetworkPolicy with the defaults of Kubernetes, from its `spec`; undefined where it is not one that the API server would take. */
export function networkPolicyOf(value: unknown): NetworkPolicy | undefined {
  const spec = z.safeParse(Spec, value ?? {}).data
  if (!spec) return undefined
  const egress = (spec.egress ?? []).map(({ ports, to }) => ({ ports: ports ?? [], peers: to ?? [] }))
  const ingress = (spec.ingress ?? []).map(({ ports, from }) => ({ ports: ports ?? [], peers: from ?? [] }))
  const types = spec.policyTypes?.length ? spec.policyTypes : ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])]
  return {
    selector: spec.podSelector ?? {},
    ingress: types.includes('Ingress') ? ingress : undefined,
    egress: types.includes('Egress') ? egress : undefined,
    isIngressImplied: !spec.policyTypes?.length && !spec.ingress && egress.length > 0,
  }
}

/** Whether a rule lets anybody in on a builder's TCP port, by its number, a range, or the name that it may have. */
export function letsIn({ ports }: PolicyRule, port: number, name?: string): boolean {
  return ports.length === 0 || ports.some((one) => isPort(one, port, name))
}

function isPort({ protocol, port, endPort }: PolicyPort, wanted: number, name: string | undefined): boolean {
  if ((protocol ?? 'TCP') !== 'TCP') return false
  if (port === undefined || port === null) return true
  if (typeof port === 'string') return port === name
  return port <= wanted && wanted <= (endPort ?? port)
}

/** Whether a rule keeps nobody out of the ports that it opens. */
export function letsEverybodyIn({ peers }: PolicyRule): boolean {
  return peers.length === 0 || peers.some(isEverybody)
}

function isEverybody({ ipBlock, namespaceSelector, podSelector }: PolicyPeer): boolean {
  if (ipBlock) return /\/0$/.test(ipBlock.cidr) && !ipBlock.except
  return isAll(namespaceSelector) && (!podSelector || isAll(podSelector))
}

function isAll(selector: PolicyPeer['podSelector']): boolean {
  if (!selector) return false
  return Object.keys(selector.matchLabels ?? {}).length === 0 && !selector.matchExpressions?.length
}

/** A port of builders, and the name that it may have. */
export interface Port {
  readonly number: number
  readonly name?: string
}

/** Whether these policies together keep somebody out of a port of the Pods that they select. */
export function isRestricted(policies: readonly NetworkPolicy[], { number, name }: Port): boolean {
  const rules = policies.flatMap(({ ingress }) => ingress ?? [])
  const isOpen = rules.some((rule) => letsEverybodyIn(rule) && letsIn(rule, number, name))
  return policies.some(({ ingress }) => ingress) && !isOpen
}
