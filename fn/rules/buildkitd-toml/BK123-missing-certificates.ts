import { credentialText, EXPOSED, isCredential, valueText } from '../../results/toml-texts.ts'
import { elementsAt, valuesAt } from '../../toml/values-at.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { isPlainBuildkit } from '../facts/container.ts'
import { isMounted } from '../facts/mounts.ts'
import type { Rule } from '../rule.ts'

/** The certificates in BuildKit's images, on Alpine Linux and Ubuntu: all in one file, the folder that has it, and each by itself. */
const IN_IMAGE =
  /^(?:\/etc\/ssl\/(?:cert\.pem|certs\/ca-certificates\.crt|certs\/?)|\/usr\/share\/ca-certificates\/mozilla(?:\/[\w.-]+)?)$/

/** A file that a Pod cannot have. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The certificates of a registry are not in the Pod.',
    why: 'Without them, every pull from and push to this registry fails with "failed to read" or "failed to load keypair", or because BuildKit skips a missing `tlsconfigdir`. Mount them with `podSpecPatch`, or use an image that contains them.',
    source:
      'buildkit v0.34.2, util/resolver/resolver.go, loadTLSConfig; Dockerfile, stages buildkit-export and rootless; ca-certificates of Alpine Linux and Debian',
    example: {
      wrong: templateOfToml('[registry."registry.example.com"]\nca = ["/etc/buildkit/certs/ca.pem"]\n'),
      right: templateOf({
        buildkitdToml: '[registry."registry.example.com"]\nca = ["/certs/ca.pem"]\n',
        podSpecPatch: {
          containers: [{ name: 'buildkit', volumeMounts: [{ name: 'certs', mountPath: '/certs' }] }],
          volumes: [{ name: 'certs', configMap: { name: 'company-ca' } }],
        },
      }),
    },
  }),
  ...inToml((toml, facts) => {
    if (!isPlainBuildkit(facts)) return []
    const files = [
      ...elementsAt(toml, ['registry', '*', 'ca']),
      ...elementsAt(toml, ['registry', '*', 'tlsconfigdir']),
      ...valuesAt(toml, ['registry', '*', 'keypair', 'key']),
      ...valuesAt(toml, ['registry', '*', 'keypair', 'cert']),
    ]
    return files.flatMap(({ path, value }) => {
      if (typeof value !== 'string' || IN_IMAGE.test(value) || isMounted(value, facts)) return []
      return [{ path, value, message: messageOn(value) }]
    })
  }),
}

function messageOn(value: string): string {
  if (isCredential(undefined, value))
    return `must be the path of a file, got ${credentialText(value)}, which ${EXPOSED}`
  if (value.includes('\n')) return 'must be the path of a file, got a text of several lines'
  return `must be a file in the Pod, got ${valueText(value)}; mount it with \`podSpecPatch\`, or use an image that contains it`
}
