import { isLoopback, isPublicRegistry } from '../../upstream/buildkit/registry-hosts.ts'
import { insecureRegistryBreach } from '../breaches/breach.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { insecureRegistries } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

/** In a network of one's own this may be all that one can do: an info. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'BuildKit uses a registry in clear text, or does not verify its certificate.',
    why: 'Anyone in between can change what is pulled and read the credentials of a push. With `ca` naming a CA that `podSpecPatch` mounts, a registry needs neither `insecure` nor `http`.',
    source: 'buildkit v0.34.2, util/resolver/resolver.go, fillInsecureOpts',
    example: {
      wrong: templateOfToml('[registry."registry.example.com:5000"]\n  http = true\n'),
      right: templateOf({
        buildkitdToml: '[registry."registry.example.com:5000"]\n  ca = ["/certs/registry.pem"]\n',
        podSpecPatch: {
          containers: [{ name: 'buildkit', volumeMounts: [{ name: 'certs', mountPath: '/certs' }] }],
          volumes: [{ name: 'certs', configMap: { name: 'company-ca' } }],
        },
      }),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) =>
    insecureRegistries(template.settings)
      .filter(({ host }) => !isPublicRegistry(host) && !isLoopback(host))
      .map((registry) =>
        insecureRegistryBreach(template, registry, 'mount the CA with `podSpecPatch`, and name it in `ca`'),
      ),
}
