import { keyText } from '../../toml/key-text.ts'
import { valuesAt } from '../../toml/values-at.ts'
import type { Rule } from '../rule.ts'
import { templateWith } from './example.ts'
import { inToml } from './in-toml.ts'

/** The settings of a registry that BuildKit never looks up. */
export const REGISTRY_HOST: Rule = {
  id: 'BK121',
  severity: 'warning',
  what: 'The name of a registry is no host.',
  why: 'BuildKit looks settings up by the host that image names have, with its port: a scheme, a path or "index.docker.io", which becomes "docker.io", is never found, and the settings have no effect.',
  source: 'buildkit v0.34.2, util/resolver/resolver.go, NewRegistryConfig',
  example: {
    wrong: templateWith('[registry."https://docker.io"]\nmirrors = ["mirror.example.com"]\n'),
    right: templateWith('[registry."docker.io"]\nmirrors = ["mirror.example.com"]\n'),
  },
  ...inToml((toml) =>
    valuesAt(toml, ['registry', '*']).flatMap(({ path }) => {
      const name = String(path[1])
      const host = name.replace(/^\w+:\/\//, '').replace(/\/.*$/, '')
      const meant = host === 'index.docker.io' ? 'docker.io' : host
      if (meant === name) return []
      const proposedValue = keyText(['registry', meant])
      return [
        {
          path,
          message: `must name a host, which has neither scheme nor path; write \`${proposedValue}\``,
          proposedValue,
          fix: { kind: 'rename', to: keyText([meant]) },
        },
      ]
    }),
  ),
}
