import { valueAt } from '../../toml/values-at.ts'
import { nearestBreach } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { ENTITLEMENTS, entitlementsOf } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Without a network of their own, steps have that of the Pod anyway. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`network.host` lets builds leave the network that `networkMode` creates for them.',
    why: "With `bridge` or `cni`, a step cannot reach 127.0.0.1 of the Pod, where BuildKit's port has no authentication. A step that asks for the host's network can. Without such a mode the entitlement is harmless, because steps share the Pod's network.",
    source: 'buildkit v0.34.2, solver/llbsolver/entitlements.go; util/network/netproviders/network.go',
    example: {
      wrong: templateOfToml('insecure-entitlements = ["network.host"]\n[worker.oci]\n  networkMode = "bridge"\n'),
      right: templateOfToml('insecure-entitlements = ["network.host"]\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const mode = valueAt(template.settings, ['worker', 'oci', 'networkMode'])?.value
    const isApart = mode === 'bridge' || mode === 'cni'
    if (template.spec.rootless || !isApart || !entitlementsOf(template).includes('network.host')) return []
    const message = `\`${ENTITLEMENTS}\` must not grant "network.host" beside \`networkMode = "${mode}"\`; a step that asks for it joins the network of the Pod; remove one of them`
    return [nearestBreach(template.settings, [ENTITLEMENTS], message)]
  },
}
