import { valueText } from '../../results/toml-texts.ts'
import { elementsAt } from '../../toml/values-at.ts'
import { isImageReference } from '../../upstream/kubernetes/is-image-reference.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A repository of frontends that no image name can have. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'An allowed frontend repository is not a valid image name.',
    why: 'buildkitd reports "invalid reference format" and exits, so the Pod crash-loops.',
    source: 'buildkit v0.34.2, frontend/gateway/gateway.go, NewGatewayFrontend',
    example: {
      wrong: templateOfToml(
        '[frontend."gateway.v0"]\nallowedRepositories = ["https://registry.example.com/frontend"]\n',
      ),
      right: templateOfToml('[frontend."gateway.v0"]\nallowedRepositories = ["registry.example.com/frontend"]\n'),
    },
  }),
  ...inToml((toml) =>
    elementsAt(toml, ['frontend', 'gateway.v0', 'allowedRepositories']).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || isImageReference(value)) return []
      const proposedValue = value.replace(/^\w+:\/\//, '').trim()
      const message = `must be the name of an image in lower case, without a scheme or "*", got ${valueText(value)}`
      return [{ path, value, message, ...(isImageReference(proposedValue) && { proposedValue }) }]
    }),
  ),
}
