import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidOfPatch } from './said-of-patch.ts'

/** Everything that is said of a template's patch. */
const said = (patch: unknown) => saidOfPatch(patch, 'BuildkitTemplate')

/** A patch of the container of the builder. */
const builder = (patch: object) => ({ containers: [{ name: 'buildkit', ...patch }] })
const AT = 'podSpecPatch.containers[0]'

test('everything that a production builder needs is accepted', () => {
  const patch = {
    imagePullSecrets: [{ name: 'registry' }],
    runtimeClassName: 'kata',
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['mirror'] }],
    dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
    initContainers: [
      { name: 'binfmt', image: 'tonistiigi/binfmt', args: ['--install', 'all'], securityContext: { privileged: true } },
    ],
    containers: [
      {
        name: 'buildkit',
        env: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
        envFrom: [{ configMapRef: { name: 'proxies' } }],
        volumeMounts: [{ name: 'ca', mountPath: '/etc/ssl/certs/company.pem', subPath: 'company.pem' }],
        startupProbe: { failureThreshold: 300 },
      },
      { name: 'dns', image: 'dns', ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] },
    ],
    volumes: [{ name: 'ca', configMap: { name: 'company-ca' } }],
  }
  assert.deepEqual(said(patch), [])
})

const CASES: Readonly<Record<string, readonly [patch: unknown, ...messages: readonly string[]]>> = {
  'a patch is an object': [['a'], 'podSpecPatch: must be an object, got a list'],
  'an unknown field is named with what it may be': [
    { contaners: [], env: [], containers: [{ name: 'a', volumes: [] }] },
    'podSpecPatch.contaners: is not a field of `podSpecPatch`; did you mean `containers`?',
    'podSpecPatch.env: is not a field of `podSpecPatch`; did you mean `containers[name=buildkit].env`?',
    `${AT}.volumes: is not a field of \`containers[0]\`; did you mean \`podSpecPatch.volumes\`?`,
  ],
  'values have the types of Kubernetes': [
    {
      dnsPolicy: 'None ',
      volumes: [{ name: 'a', emptyDir: { sizeLimit: '8GB' } }],
      containers: [{ name: 'a', args: '-v', env: [{ name: 'A', value: 1 }] }],
    },
    'podSpecPatch.dnsPolicy: must be one of "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None", got "None "',
    'podSpecPatch.volumes[0].emptyDir.sizeLimit: must be a quantity such as "500m" or "8Gi", got "8GB"; did you mean "8G" or "8Gi"?',
    `${AT}.args: must be a list, got "***"`,
    `${AT}.env[0].value: must be a string, got the number ***; quote it: "***"`,
  ],
  'items need the key that they merge by, each another': [
    builder({ env: [{ value: 'a' }, { name: 'A' }, { name: 'A' }] }),
    `${AT}.env[0].name: is required: items of this list are merged by it`,
    `${AT}.env[2].name: must be in this list once, got "A" again`,
  ],
  'an item of a list is not null': [{ volumes: [null] }, 'podSpecPatch.volumes[0]: must be an object, got null'],
  '`__proto__` is a field like any other that there is not': [
    JSON.parse('{"__proto__": {}, "containers": [{"name": "__proto__"}]}'),
    'podSpecPatch.__proto__: is not a field of `podSpecPatch`',
  ],
  'a directive says what there is to say': [
    { $patch: 'merg', $ptch: 1, '$setElementOrder/foo': [], '$deleteFromPrimitiveList/volumes': [] },
    'podSpecPatch.$patch: must be one of "delete", "replace", "merge", got "merg"',
    'podSpecPatch.$ptch: is not a field of `podSpecPatch`; did you mean `$patch`?',
    'podSpecPatch.$setElementOrder/foo: must be about a list that merges',
    'podSpecPatch.$deleteFromPrimitiveList/volumes: must be about a list of strings or numbers',
  ],
  'a directive has something to act on': [
    {
      securityContext: { $patch: 'replace', fsGroup: 1 },
      containers: [{ name: 'a', env: [{ name: 'A', $patch: 'delete' }] }],
      volumes: [
        { name: 'buildkit', $patch: 'delete' },
        { name: 'a', configMap: {}, $patch: 'replace' },
      ],
      '$setElementOrder/hostAliases': [{ ip: '10.0.0.1' }],
    },
    'podSpecPatch.securityContext.$patch: finds nothing to replace',
    `${AT}.env[0].$patch: finds nothing to delete`,
    'podSpecPatch.volumes[0].name: must be that of an item to delete, got "buildkit"; did you mean "buildkitd"?',
    'podSpecPatch.volumes[1].$patch: must be an item of its own: it replaces the list, and the rest of its item is lost',
    'podSpecPatch.$setElementOrder/hostAliases: finds nothing to order',
  ],
  'an order has the items of the patch, in their order': [
    {
      volumes: [{ name: 'a' }, { name: 'b' }],
      '$setElementOrder/volumes': [{ name: 'b' }, { name: 'buildkitd' }, { name: 'a' }],
    },
    'podSpecPatch.$setElementOrder/volumes: must have "a", "b" in the order of the patch',
  ],
  'fields that are retained are named': [
    { dnsConfig: { $retainKeys: ['searches'], nameservers: [] } },
    'podSpecPatch.dnsConfig.$retainKeys: must name all fields that the patch sets here; `nameservers` is missing',
  ],
  'what has a field of its own is set there': [
    {
      nodeSelector: { a: 'b' },
      hostUsers: null,
      ...builder({ image: 'a', resources: { limits: { cpu: '1' } }, securityContext: { privileged: false } }),
    },
    'podSpecPatch.nodeSelector: has a field of its own: set `spec.scheduling.nodeSelector`',
    'podSpecPatch.hostUsers: has a field of its own: set `spec.hostUsers`',
    `${AT}.image: has a field of its own: set \`spec.image\``,
    `${AT}.resources.limits: has a field of its own: set \`spec.resources.default.limits\``,
    `${AT}.securityContext.privileged: has a field of its own: set \`spec.rootless\``,
  ],
  'a Pod is placed by the scheduler, and has no ephemeral containers yet': [
    { nodeName: 'a', ephemeralContainers: [] },
    'podSpecPatch.nodeName: skips the scheduler, which knows taints, resources and volumes: set `kubernetes.io/hostname` in `spec.scheduling.nodeSelector`',
    'podSpecPatch.ephemeralContainers: is refused by API servers in a new Pod; `kubectl debug` adds such containers',
  ],
  'what the product depends on stays': [
    {
      volumes: [
        { name: 'buildkitd', hostPath: { path: '/a' } },
        { name: 'config', emptyDir: {} },
      ],
      initContainers: [{ name: 'buildkit' }],
      ...builder({
        args: [],
        ports: [{ containerPort: 1234, protocol: 'UDP' }],
        lifecycle: { preStop: null },
        readinessProbe: { exec: { command: ['true'] } },
      }),
    },
    'podSpecPatch.volumes[0]: must stay as it is: BuildKit has its state or its configuration there',
    'podSpecPatch.volumes[1]: must stay as it is: BuildKit has its state or its configuration there',
    'podSpecPatch.initContainers[0].name: must be another name: it is that of the container of the builder',
    `${AT}.args: must stay as it is: \`spec.buildkitdToml\`, \`spec.tls\` and \`spec.observability\` configure buildkitd`,
    `${AT}.ports[0]: must stay as it is: clients connect to it; \`spec.port\` is its number`,
    `${AT}.lifecycle.preStop: must stay as it is: it drains the builder, unless \`spec.lifecycle.preStopScript\` is false`,
    `${AT}.readinessProbe.exec: must stay as it is: buildkitd answers gRPC; periods and thresholds of its probes may be changed`,
  ],
  'what is new gets in the way of nothing': [
    {
      securityContext: { runAsUser: 1 },
      containers: [
        {
          name: 'buildkit',
          volumeMounts: [
            { mountPath: '/var/lib/buildkit/', name: 'a' },
            { mountPath: '/a', name: 'buildkitd' },
          ],
        },
        { name: 'a', ports: [{ containerPort: 1234 }, { containerPort: 1, name: 'tcp' }] },
      ],
    },
    'podSpecPatch.securityContext.runAsUser: would apply to the container `buildkit`, too: set it in the containers that need it',
    `${AT}.volumeMounts[0].mountPath: must be another path: BuildKit keeps its state there`,
    `${AT}.volumeMounts[1].name: must be another volume: the builder mounts this one itself`,
    'podSpecPatch.containers[1].ports[0].containerPort: must be another port: clients connect to the builder at 1234',
    'podSpecPatch.containers[1].ports[1].name: must be another name: it is that of the port of the builder',
  ],
  'what removes parts of the builder with others is named': [
    { volumes: null, ...builder({ livenessProbe: null, lifecycle: { $patch: 'delete' } }) },
    'podSpecPatch.volumes: must leave `volumes[name=buildkitd]` as the builder has it; remove the null',
    `${AT}.livenessProbe: must leave \`containers[name=buildkit].livenessProbe.grpc\` as the builder has it; remove the null`,
    `${AT}.lifecycle.$patch: must leave \`containers[name=buildkit].lifecycle.preStop\` as the builder has it; remove the directive`,
  ],
  'the whole spec is not replaced': [
    { $patch: 'replace', hostNetwork: true },
    'podSpecPatch.$patch: must leave `restartPolicy`, `terminationGracePeriodSeconds`, `containers[name=buildkit].image` and 10 more as the builder has them; remove the directive',
  ],
  'nor is the container': [
    { containers: [{ $patch: 'replace' }, { name: 'buildkit', tty: true }] },
    `${AT}: must leave \`containers[name=buildkit].image\`, \`containers[name=buildkit].imagePullPolicy\`, \`containers[name=buildkit].securityContext.privileged\` and 7 more as the builder has them; remove the directive`,
  ],
}

for (const [name, [patch, ...messages]] of Object.entries(CASES))
  test(name, () => assert.deepEqual(said(patch), messages))
