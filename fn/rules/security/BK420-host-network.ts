import { PATCH_FIELD } from '../../patch/patch-field.ts'
import { templateOf } from '../example.ts'
import { patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

/** A builder in the network of its node. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A patch puts builders into the network of the node.',
    why: "Two Pods on one node cannot listen on one port, so a roll with `Overlap` may wait for a second node. NetworkPolicies do not apply, and build steps that share the network reach whatever listens on the node's loopback address.",
    source: 'kubernetes v1.37.2, pkg/scheduler/framework/plugins/nodeports/node_ports.go',
    example: {
      wrong: templateOf({ podSpecPatch: { hostNetwork: true } }),
      right: templateOf({ podSpecPatch: { dnsPolicy: 'ClusterFirst' } }),
    },
  }),
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap(({ item, patch }) => {
      if (patch.hostNetwork !== true) return []
      const message =
        'must be false: two Pods of a node cannot listen on one port, and no NetworkPolicy applies, got true; remove it'
      return [{ item, path: [...PATCH_FIELD, 'hostNetwork'], message, currentValue: true }]
    }),
}
