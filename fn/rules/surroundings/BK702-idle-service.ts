import { manifests } from '../example.ts'
import { hintsForBuilders, isMeantForBuilders } from '../facts/meant-for-builders.ts'
import { type Service, served } from '../facts/services.ts'
import type { Rule } from '../rule.ts'

/** A Service without Pods. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Service is meant for builders, but selects none.',
    why: 'Clients resolve the name, but nothing answers. The selector has labels that no Pod in its namespace has, because of a typo or a rename, or because it was written for the Pods of a Deployment.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/core/v1/types.go, ServiceSpec',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        { kind: 'Buildkit', metadata: { name: 'shop' } },
        {
          apiVersion: 'v1',
          kind: 'Service',
          spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'shopp' }, ports: [{ port: 1234 }] },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        { kind: 'Buildkit', metadata: { name: 'shop' } },
        {
          apiVersion: 'v1',
          kind: 'Service',
          spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'shop' }, ports: [{ port: 1234 }] },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'services',
  find: (facts) => {
    const { services, groups } = served(facts)
    const selecting = new Set(groups.flatMap(({ by }) => by))
    // An object without a namespace goes where somebody sends it.
    const areSent = new Set(groups.map(({ namespace }) => namespace === undefined))
    const mayMeet = ({ namespace }: Service) => areSent.has(namespace !== undefined)
    if (groups.length === 0) return []
    const hintOf = hintsForBuilders(facts)
    const idle = services.filter((service) => !(selecting.has(service) || mayMeet(service)))
    return idle.flatMap((service) => {
      if (!isMeantForBuilders(service, facts)) return []
      const where = service.namespace === undefined ? '' : ` in namespace "${service.namespace}"`
      const message = `must select a builder, but no Pod${where} has these labels${hintOf(service.selector)}`
      return [{ item: service.item, path: ['spec', 'selector'], message }]
    })
  },
}
