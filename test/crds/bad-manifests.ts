/** A manifest that nobody can use: one whole object, and the field that is wrong in it. */
export type BadManifest = readonly [name: string, field: string, object: Readonly<Record<string, unknown>>]

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'

export const badManifests: readonly BadManifest[] = [
  ['port 0', 'spec.port', template({ port: 0 })],
  ['port 65536', 'spec.port', template({ port: 65536 })],
  ['a port in quotes', 'spec.port', template({ port: '1234' })],
  ['a broken port', 'spec.port', template({ port: 1234.5 })],
  ['a boolean in quotes', 'spec.rootless', template({ rootless: 'true' })],
  ['a number for a string', 'spec.image', template({ image: 1 })],
  ['a string for a list', 'spec.command', template({ command: 'buildkitd' })],
  ['a list for an object', 'spec.scheduling', template({ scheduling: [] })],
  ['a number for a label', 'spec.podLabels.pool', template({ podLabels: { pool: 1 } })],
  [
    'a unit that there is not',
    'spec.resources.maximum.memory',
    template({ resources: { maximum: { memory: '8GB' } } }),
  ],
  ['an empty quantity', 'spec.resources.maximum.cpu', template({ resources: { maximum: { cpu: '' } } })],
  ['a broken quantity', 'spec.resources.maximum.cpu', template({ resources: { maximum: { cpu: 0.5 } } })],
  ['a broken exponent', 'spec.resources.maximum.cpu', template({ resources: { maximum: { cpu: '1e1.5' } } })],
  [
    'more than an int32',
    'spec.scheduling.topologySpreadConstraints[0].maxSkew',
    template(spread({ maxSkew: 2 ** 31 })),
  ],
  [
    'more than an int64',
    'spec.lifecycle.activeDeadlineSeconds',
    template({ lifecycle: { activeDeadlineSeconds: 1e20 } }),
  ],
  ['traces of no service', 'spec.observability.otlp.serviceName', template({ observability: { otlp: {} } })],
  [
    'a spread over nothing',
    'spec.scheduling.topologySpreadConstraints[0].topologyKey',
    template(spread({ topologyKey: null })),
  ],
  [
    'a claim twice',
    'spec.resources.default.claims[1]',
    template({ resources: { default: { claims: [{ name: 'a' }, { name: 'a' }] } } }),
  ],
  ['a cache without a kind', 'spec.cache', template({ cache: {} })],
  ['a cache of two kinds', 'spec.cache', template({ cache: { emptyDir: {}, hostPath: { path: '/cache' } } })],
  ['a claim without a size', 'spec.cache.claim.size', template({ cache: { claim: {} } })],
  [
    'an unknown access mode',
    'spec.cache.claim.accessMode',
    template({ cache: { claim: { size: '1Gi', accessMode: 'RWO' } } }),
  ],
  ['a relative host path', 'spec.cache.hostPath.path', template({ cache: { hostPath: { path: 'cache' } } })],
  ['the root as a host path', 'spec.cache.hostPath.path', template({ cache: { hostPath: { path: '/' } } })],
  ['an unknown handover', 'spec.lifecycle.handover', template({ lifecycle: { handover: 'overlap' } })],
  ['a patch that is a list', 'spec.podSpecPatch', template({ podSpecPatch: [] })],
  ['an unknown field', 'spec.privileged', template({ privileged: true })],
  [
    'an unknown field in a list',
    'spec.scheduling.tolerations[0].kye',
    template({ scheduling: { tolerations: [{ kye: 'a' }] } }),
  ],
  [
    'a template name of 58 characters',
    'metadata.name',
    { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'a'.repeat(58) } },
  ],
  ['a Buildkit without a template', 'spec.template', buildkit({})],
  ['a Buildkit with an empty template', 'spec.template', buildkit({ template: '' })],
  ['a Buildkit without a spec', 'spec', { apiVersion, kind: 'Buildkit', metadata: { name: 'bad' } }],
  ['a Buildkit that names two templates', 'spec.template', buildkit({ template: ['a', 'b'] })],
  ['a Pod name of 64 characters', 'spec.podName', buildkit({ template: 'a', podName: 'a'.repeat(64) })],
  ['a Pod name that is no DNS name', 'spec.podName', buildkit({ template: 'a', podName: 'A_b' })],
  ['an empty Pod name', 'spec.podName', buildkit({ template: 'a', podName: '' })],
  ['a Buildkit with a field of a template', 'spec.rootless', buildkit({ template: 'a', rootless: true })],
]

function template(spec: object): BadManifest[2] {
  return { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'bad' }, spec }
}

function buildkit(spec: object): BadManifest[2] {
  return { apiVersion, kind: 'Buildkit', metadata: { name: 'bad' }, spec }
}

function spread(fields: object): object {
  const constraint = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
    ...fields,
  }
  return { scheduling: { topologySpreadConstraints: [constraint] } }
}
