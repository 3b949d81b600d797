import { isLoopback, isPublicRegistry } from '../../upstream/buildkit/registry-hosts.ts'
import { insecureRegistryBreach } from '../breaches/breach.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { insecureRegistries } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

/** A template cannot mount a CA, so that this may be all that one can do: advice. */
export const rule: Rule = {
  severity: 'info',
  what: 'BuildKit uses a registry in clear text, or does not verify its certificate.',
  why: 'Anyone in between can change what is pulled and read the credentials of a push. An image of BuildKit that contains the CA, with `ca` naming the file, needs neither `insecure` nor `http`. A template has no field that mounts a CA.',
  source: 'buildkit v0.34.2, util/resolver/resolver.go, fillInsecureOpts',
  example: {
    wrong: templateOfToml('[registry."registry.example.com:5000"]\n  http = true\n'),
    right: templateOf({
      image: 'registry.example.com/buildkit-with-our-ca:v0.34.2',
      buildkitdToml: '[registry."registry.example.com:5000"]\n  ca = ["/certs/registry.pem"]\n',
    }),
  },
  of: 'template',
  needs: 'settings',
  find: (template) =>
    insecureRegistries(template.settings)
      .filter(({ host }) => !isPublicRegistry(host) && !isLoopback(host))
      .map((registry) =>
        insecureRegistryBreach(
          template,
          registry,
          'use an image of BuildKit that contains the CA, and name it in `ca`',
        ),
      ),
}
