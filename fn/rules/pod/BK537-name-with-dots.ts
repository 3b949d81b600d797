import { manifests } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Names that make odd host names. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: "A Buildkit's name contains a dot and becomes the host name of its Pod.",
    why: 'The API server warns about such a Pod: programs treat the part after the dot as a domain.',
    source: 'kubernetes v1.37.2, pkg/registry/core/pod/strategy.go, WarningsOnCreate',
    example: {
      wrong: manifests({ kind: 'Buildkit', metadata: { name: 'shop.example' } }, { kind: 'BuildkitTemplate' }),
      right: manifests({ kind: 'Buildkit', metadata: { name: 'shop-example' } }, { kind: 'BuildkitTemplate' }),
    },
  }),
  of: 'package',
  find: ({ builders }) =>
    builders.flatMap(({ buildkits }) =>
      buildkits.flatMap(({ item, value: { metadata } }) => {
        const { name } = metadata
        if (!name.includes('.')) return []
        const instead = name.replaceAll('.', '-')
        const message = `must not contain dots, which a host name cannot have, got "${name}"; use "${instead}"`
        return [{ item, path: ['metadata', 'name'], message, currentValue: name }]
      }),
    ),
}
