import { valueAt } from '../../toml/value-at.ts'
import { isLoopback, isPublicRegistry } from '../../upstream/buildkit/registry-hosts.ts'
import type { Breach } from '../breaches/breach.ts'
import { tomlBreach } from '../breaches/toml-breach.ts'
import { isLookedUp } from '../buildkitd-toml/BK121-unmatched-registry.ts'
import type { Configured } from '../facts/facts.ts'
import { registriesIn } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

const SOURCE = 'buildkit v0.34.2, util/resolver/resolver.go, fillInsecureOpts'

/** There it can only be a mistake. */
export const INSECURE_PUBLIC_REGISTRY: Rule = {
  id: 'BK410',
  severity: 'warning',
  what: 'A public registry is used without looking at its certificate.',
  why: 'It has one that BuildKit trusts, so that nothing is won; and whoever sits between may change what is pulled and read the credentials of a push.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [registry."docker.io"]
      insecure = true
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [registry."docker.io"]
      mirrors = ["mirror.example.com"]
`,
  },
  of: 'template',
  needs: 'settings',
  find: (template) =>
    insecureRegistries(template)
      .filter(({ host }) => isPublicRegistry(host))
      .map((registry) =>
        findingOf(template, registry, 'this registry has a certificate that BuildKit trusts; remove it'),
      ),
}

/** A template cannot mount a CA, so that this may be all that one can do: advice. */
export const INSECURE_REGISTRY: Rule = {
  id: 'BK411',
  severity: 'info',
  what: 'A registry is used in clear text, or without looking at its certificate.',
  why: 'Whoever sits between may change what is pulled and read the credentials of a push. An image of BuildKit with the CA in it, named by `ca`, needs neither `insecure` nor `http`; a template has no field that mounts one.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [registry."registry.example.com:5000"]
      http = true
`,
    right: `kind: BuildkitTemplate
spec:
  image: registry.example.com/buildkit-with-our-ca:v0.34.2
  buildkitdToml: |
    [registry."registry.example.com:5000"]
      ca = ["/certs/registry.pem"]
`,
  },
  of: 'template',
  needs: 'settings',
  find: (template) =>
    insecureRegistries(template)
      .filter(({ host }) => !isPublicRegistry(host) && !isLoopback(host))
      .map((registry) => findingOf(template, registry, 'better an image of BuildKit with the CA in it, named by `ca`')),
}

interface Insecure {
  readonly host: string
  readonly key: 'insecure' | 'http'
}

/** Of tables that BuildKit ever looks for. */
function insecureRegistries({ settings }: Configured): readonly Insecure[] {
  return registriesIn(settings).sections.flatMap(({ name: host, at: registry }): Insecure[] => {
    if (!isLookedUp(settings, host)) return []
    if (valueAt(registry, ['insecure'])?.value === true) return [{ host, key: 'insecure' }]
    return valueAt(registry, ['http'])?.value === true ? [{ host, key: 'http' }] : []
  })
}

function findingOf({ settings }: Configured, { host, key }: Insecure, instead: string): Breach {
  const consequence =
    key === 'http' ? 'images and credentials travel in clear text' : 'its certificate is not looked at'
  const message = `\`registry."${host}".${key}\` must not be true, because then ${consequence}: ${instead}`
  return tomlBreach(settings, ['registry', host, key], message)
}
