import { isPublicRegistry } from '../../upstream/buildkit/registry-hosts.ts'
import { insecureRegistryBreach } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { insecureRegistries } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

/** There it can only be a mistake. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'BuildKit does not verify the certificate of a public registry.',
    why: 'BuildKit trusts the certificate of this registry, so the setting has no benefit. Anyone in between can change what is pulled and read the credentials of a push.',
    source: 'buildkit v0.34.2, util/resolver/resolver.go, fillInsecureOpts',
    example: {
      wrong: templateOfToml('[registry."docker.io"]\n  insecure = true\n'),
      right: templateOfToml('[registry."docker.io"]\n  mirrors = ["mirror.example.com"]\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) =>
    insecureRegistries(template.settings)
      .filter(({ host }) => isPublicRegistry(host))
      .map((registry) =>
        insecureRegistryBreach(template, registry, 'this registry has a certificate that BuildKit trusts; remove it'),
      ),
}
