import { valueAt } from '../../toml/value-at.ts'
import type { Breach } from '../breaches/breach.ts'
import { tomlBreach } from '../breaches/toml-breach.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

const KEY = 'insecure-entitlements'
const SOURCE = 'buildkit v0.34.2, solver/llbsolver/entitlements.go'

/** In a privileged container `RUN --security=insecure` has what the container has: all of the node. */
export const ROOT_ON_THE_NODE: Rule = {
  id: 'BK404',
  severity: 'warning',
  what: 'A privileged builder grants `security.insecure`, with which a build is root on the node.',
  why: 'A `RUN --security=insecure` step gets every capability and every device of the privileged container. Which step does so is up to the client, and nothing tells clients apart.',
  source: `${SOURCE}; executor/oci/spec_linux.go, security.WithInsecureSpec`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    insecure-entitlements = ["security.insecure"]
`,
    right: `kind: BuildkitTemplate
spec:
  hostUsers: false
  buildkitdToml: |
    insecure-entitlements = ["security.insecure"]
`,
  },
  of: 'template',
  needs: 'settings',
  find: (template) => {
    if (template.mode !== 'privileged' || !entitlementsOf(template).includes('security.insecure')) return []
    const message = `\`${KEY}\` must not grant "security.insecure" to clients that are not trusted with the node; remove it, or keep root within the Pod with \`hostUsers: false\``
    return [findingOf(template, message)]
  },
}

/** Where root is no root of the node, it still is root over the builder. */
export const ROOT_IN_THE_POD: Rule = {
  id: 'BK405',
  severity: 'info',
  what: 'A builder grants `security.insecure`, with which a build controls the builder.',
  why: "A user namespace, the Pod's own or that of RootlessKit, keeps such a step from the node, but not from buildkitd beside it: its cache, its other builds and the credentials that they use.",
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  hostUsers: false
  buildkitdToml: |
    insecure-entitlements = ["security.insecure"]
`,
    right: `kind: BuildkitTemplate
spec:
  hostUsers: false
`,
  },
  of: 'template',
  needs: 'settings',
  find: (template) => {
    if (template.mode === 'privileged' || !entitlementsOf(template).includes('security.insecure')) return []
    const message = `\`${KEY}\` must not grant "security.insecure" where builds of different teams share this builder: such a step controls it and its cache`
    return [findingOf(template, message)]
  },
}

/** Without a network of their own, steps have that of the Pod anyway. */
export const OUT_OF_THE_BRIDGE: Rule = {
  id: 'BK406',
  severity: 'warning',
  what: '`network.host` lets builds out of the network that `networkMode` keeps them in.',
  why: "With `bridge` or `cni` a step cannot reach 127.0.0.1 of the Pod, where BuildKit's port asks nobody who they are; a step that asks for the host's network can. Without such a mode the entitlement is harmless: steps share the Pod's network anyway.",
  source: `${SOURCE}; util/network/netproviders/network.go`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    insecure-entitlements = ["network.host"]
    [worker.oci]
      networkMode = "bridge"
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    insecure-entitlements = ["network.host"]
`,
  },
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const mode = valueAt(template.settings, ['worker', 'oci', 'networkMode'])?.value
    const isApart = mode === 'bridge' || mode === 'cni'
    if (template.spec.rootless || !isApart || !entitlementsOf(template).includes('network.host')) return []
    const message = `\`${KEY}\` must not grant "network.host" beside \`networkMode = "${mode}"\`: a step that asks for it is back in the network of the Pod; remove one of them`
    return [findingOf(template, message)]
  },
}

function entitlementsOf({ settings }: TemplateFacts): readonly string[] {
  const value = valueAt(settings, [KEY])?.value
  return Array.isArray(value) ? [...new Set(value.filter((one) => typeof one === 'string'))] : []
}

function findingOf({ settings }: TemplateFacts, message: string): Breach {
  return tomlBreach(settings, [KEY], message)
}
