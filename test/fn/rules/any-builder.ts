import fc from 'fast-check'
import { annotations, shortAnnotations } from './any-annotations.ts'
import { labels } from './any-labels.ts'
import { amounts, resources } from './any-resources.ts'
import { scheduling } from './any-scheduling.ts'
import { mostly } from './mostly.ts'

/** A template and a Buildkit of it, as manifests. Most values are such as people write; some are odd, but none the schema refuses. */
export interface AnyBuilder {
  readonly template: object
  readonly buildkit: object
}

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'

const long = (length: number) => 'a'.repeat(length)

const text = mostly(['buildkit', 'a-b.c'], ['', ' ', 'A', 'a_b', 'ü', 'a/b', '-a', long(253), long(254)])
const lifecycle = fc.record(
  {
    restartPolicy: mostly(['Always', 'Never', 'OnFailure'], ['', 'always', 'Sometimes']),
    terminationGracePeriodSeconds: mostly([900, 30, 1], [0, -1, 2 ** 31, 1e15]),
    activeDeadlineSeconds: mostly([3600, 604_800, 1], [0, -1, 2 ** 31 - 1, 2 ** 31]),
    preStopScript: fc.boolean(),
  },
  { requiredKeys: [] },
)
const otlp = fc.record(
  {
    serviceName: mostly(['buildkit'], ['', '$(HOST_IP)', 'ü \n', '\ud800']),
    resourceAttributes: annotations,
    endpoint: fc.constantFrom('http://collector.monitoring:4317', 'https://collector'),
  },
  { requiredKeys: ['serviceName'] },
)
const image = mostly(
  ['moby/buildkit:v0.34.2', 'registry.example.com:5000/a/b@sha256:'.concat('0'.repeat(64))],
  ['', ' ', 'a ', '\ta', 'https://a/b', 'A/B', '\u0085', '\ufeffa', 'a\u00a0', '\u3000a', 'a b', '\ud800'],
)
const size = mostly(['120Gi', '0.5Ti', 1e11], ['1', '1500m', '1Ei', '9999999Ei'])
const storageClassName = mostly(['fast', ''], ['a.b', 'A', 'a_b', long(254)])
const accessMode = fc.constantFrom('ReadWriteOncePod', 'ReadWriteOnce', 'ReadWriteMany')
const dataSource = fc.constantFrom(
  { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'warm' },
  { kind: 'PersistentVolumeClaim', name: 'warm' },
)
const cache = fc.oneof(
  fc.record({ emptyDir: fc.record({ medium: fc.constantFrom('', 'Memory'), sizeLimit: size }, { requiredKeys: [] }) }),
  fc.record({
    ephemeral: fc.record(
      { size, storageClassName, accessModes: fc.uniqueArray(accessMode, { maxLength: 1 }), dataSource },
      { requiredKeys: ['size'] },
    ),
  }),
  fc.record({
    claim: fc.record({ size, storageClassName, accessMode, retain: fc.boolean() }, { requiredKeys: ['size'] }),
  }),
  fc.record({ hostPath: fc.record({ path: mostly(['/mnt/nvme', '/mnt/nvme/'], ['//a', '/a b', '/a:b']) }) }),
)
const hours = fc.constantFrom('2160h', '24h', '1h', '90m', '59m', '5m', '1s')
const dnsName = fc.constantFrom('shop.builders.svc', 'builders.example.com', 'a')
const tls = fc.record(
  {
    secretName: mostly(['buildkit-tls'], ['a.b', long(253)]),
    clientAuth: fc.constantFrom('Require', 'None'),
    serverName: dnsName,
    certificate: fc.record(
      {
        issuerRef: fc.record({
          name: text.filter((one) => one !== ''),
          kind: fc.constantFrom('Issuer', 'ClusterIssuer'),
        }),
        duration: hours,
        renewBefore: hours,
        dnsNames: fc.uniqueArray(fc.oneof(dnsName, fc.constant('*.builders.svc')), { maxLength: 2 }),
      },
      { requiredKeys: ['issuerRef'] },
    ),
  },
  { requiredKeys: ['secretName'] },
)
const service = fc.record(
  {
    type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'),
    port: fc.constantFrom(1234, 443, 1, 65_535),
    annotations: shortAnnotations,
  },
  { requiredKeys: [] },
)
const metrics = fc.record({ port: mostly([6060, 9090], [1, 65_535, 1234]) }, { requiredKeys: [] })
const templateSpec = fc.record(
  {
    rootless: fc.boolean(),
    hostUsers: fc.boolean(),
    image,
    imagePullPolicy: mostly(['Always', 'IfNotPresent', 'Never'], ['', 'always']),
    port: mostly([1234, 8372], [1, 80, 65_535, 4317]),
    tls,
    service,
    cache,
    buildkitdToml: mostly(['', 'debug = true', '[log]\nformat = "json"\n'], ['#'.repeat(100_000), '#'.repeat(262_144)]),
    command: fc.array(mostly(['buildkitd', '--debug'], ['', ' ', '\0', '$(A)', 'ü']), { maxLength: 2 }),
    serviceAccountName: text,
    resources: fc.record({ default: resources, maximum: amounts }, { requiredKeys: [] }),
    scheduling,
    lifecycle,
    observability: fc.record({ debugLogging: fc.boolean(), otlp, metrics }, { requiredKeys: [] }),
    podLabels: labels,
    podAnnotations: annotations,
  },
  { requiredKeys: [] },
)
const replicas = fc.constantFrom(1, 2, 3)
const buildkitSpec = fc.record({ resources, labels, annotations, replicas }, { requiredKeys: [] })
const name = mostly(['shop', 'a-b', '1'], ['a.b', long(63), long(253), `a.${long(60)}`, `${long(51)}.b`])

const metadata = fc.record({ labels, annotations: shortAnnotations }, { requiredKeys: [] })

/** Any of them. */
export const anyBuilder: fc.Arbitrary<AnyBuilder> = fc
  .record({
    spec: templateSpec,
    buildkit: buildkitSpec,
    name,
    templateName: mostly(['t'], ['a.b', long(57)]),
    ofTemplate: metadata,
    ofBuildkit: metadata,
  })
  .map(({ spec, buildkit, name: buildkitName, templateName, ofTemplate, ofBuildkit }) => ({
    template: {
      apiVersion,
      kind: 'BuildkitTemplate',
      metadata: { ...ofTemplate, name: templateName, namespace: 'default' },
      spec,
    },
    buildkit: {
      apiVersion,
      kind: 'Buildkit',
      metadata: { ...ofBuildkit, name: buildkitName, namespace: 'default' },
      spec: { ...buildkit, template: templateName },
    },
  }))
