import assert from 'node:assert/strict'
import { test } from 'node:test'
import { podSpec } from '../../../fn/render/pod-spec.ts'
import { privileged, specOf } from '../privileged-pod.ts'

const [container] = privileged.containers
const withContainer = (fields: object) => ({ ...privileged, containers: [{ ...container, ...fields }] })
const noExecute = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })
const notReady = noExecute('node.kubernetes.io/not-ready')
const unreachable = noExecute('node.kubernetes.io/unreachable')
const toml = (mountPath: string) => ({
  mount: { name: 'config', mountPath, readOnly: true },
  volume: {
    name: 'config',
    downwardAPI: {
      items: [
        {
          path: 'buildkitd.toml',
          fieldRef: { apiVersion: 'v1', fieldPath: "metadata.annotations['buildkit.seatgeek.io/buildkitd.toml']" },
        },
      ],
    },
  },
})
const rootless = {
  image: 'moby/buildkit:v0.34.2-rootless',
  args: [
    '--addr',
    'unix:///run/user/1000/buildkit/buildkitd.sock',
    '--addr',
    'tcp://0.0.0.0:1234',
    '--oci-worker-no-process-sandbox',
  ],
  securityContext: {
    runAsUser: 1000,
    runAsGroup: 1000,
    runAsNonRoot: true,
    seccompProfile: { type: 'Unconfined' },
    appArmorProfile: { type: 'Unconfined' },
  },
}
const state = { name: 'buildkitd', mountPath: '/home/user/.local/share/buildkit' }

const none = { resources: {}, labels: {} }

/** The whole `spec` of a Pod for each `spec` of a template. */
const specs: Readonly<Record<string, readonly [template: object, pod: object]>> = {
  'a template that says nothing makes a privileged builder': [{}, privileged],
  'a rootless builder runs as an ordinary user': [
    { rootless: true },
    withContainer({ ...rootless, volumeMounts: [state] }),
  ],
  'a builder in user namespaces is privileged in its own': [{ hostUsers: false }, { ...privileged, hostUsers: false }],
  'the configuration is mounted from the annotation': [
    { buildkitdToml: 'debug = true\n' },
    {
      ...withContainer({ volumeMounts: [...(container?.volumeMounts ?? []), toml('/etc/buildkit').mount] }),
      volumes: [...privileged.volumes, toml('/etc/buildkit').volume],
    },
  ],
  'a rootless builder has its configuration at home': [
    { rootless: true, buildkitdToml: 'debug = true\n' },
    {
      ...withContainer({ ...rootless, volumeMounts: [state, toml('/home/user/.config/buildkit').mount] }),
      volumes: [...privileged.volumes, toml('').volume],
    },
  ],
  'the image, its entry point and who runs it are the template’s': [
    { image: 'mirror/buildkit:1', imagePullPolicy: 'Always', command: ['/entry'], serviceAccountName: 'builder' },
    {
      serviceAccountName: 'builder',
      ...withContainer({ image: 'mirror/buildkit:1', imagePullPolicy: 'Always', command: ['/entry'] }),
    },
  ],
  'a builder goes where scheduling says': [
    {
      scheduling: {
        nodeSelector: { 'kubernetes.io/arch': 'arm64' },
        priorityClassName: 'high',
        affinity: { nodeAffinity: {} },
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      },
    },
    {
      ...privileged,
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      affinity: { nodeAffinity: {} },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      priorityClassName: 'high',
    },
  ],
  'what is empty is left out': [
    {
      image: '',
      command: [],
      serviceAccountName: '',
      scheduling: {
        nodeSelector: {},
        tolerations: [],
        affinity: {},
        topologySpreadConstraints: [],
        priorityClassName: '',
      },
      lifecycle: { restartPolicy: '' },
    },
    privileged,
  ],
  'tolerations get those that the API server would add': [
    { scheduling: { tolerations: [{ key: 'ci', operator: 'Exists' }] } },
    { ...privileged, tolerations: [{ key: 'ci', operator: 'Exists' }, notReady, unreachable] },
  ],
  'a toleration of one’s own for an unready node stands alone': [
    { scheduling: { tolerations: [{ ...notReady, tolerationSeconds: 5 }] } },
    { ...privileged, tolerations: [{ ...notReady, tolerationSeconds: 5 }, unreachable] },
  ],
  'a toleration of everything needs no other': [
    { scheduling: { tolerations: [{ operator: 'Exists' }] } },
    { ...privileged, tolerations: [{ operator: 'Exists' }] },
  ],
  'an empty field of a toleration is left out': [
    { scheduling: { tolerations: [{ key: 'ci', operator: 'Exists', value: '', effect: '' }] } },
    { ...privileged, tolerations: [{ key: 'ci', operator: 'Exists' }, notReady, unreachable] },
  ],
  'a negative grace period is the 1 second that the API server makes of it': [
    { lifecycle: { terminationGracePeriodSeconds: -1 } },
    { ...privileged, terminationGracePeriodSeconds: 1 },
  ],
  'the life of a builder is as lifecycle says': [
    {
      lifecycle: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 60,
        activeDeadlineSeconds: 3600,
        preStopScript: false,
      },
    },
    {
      ...privileged,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 60,
      activeDeadlineSeconds: 3600,
      containers: [Object.fromEntries(Object.entries(container ?? {}).filter(([key]) => key !== 'lifecycle'))],
    },
  ],
  'debug logging and traces are as observability says': [
    {
      observability: {
        debugLogging: true,
        otlp: {
          serviceName: 'builds',
          resourceAttributes: { team: 'a b', centre: 'ü=1,2', 'a=b,': 'c', 'é/$(x)': 'd' },
        },
      },
    },
    withContainer({
      args: [...(container?.args ?? []), '--debug'],
      env: [
        { name: 'HOST_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.hostIP' } } },
        { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://$(HOST_IP):4317' },
        { name: 'OTEL_SERVICE_NAME', value: 'builds' },
        {
          name: 'OTEL_RESOURCE_ATTRIBUTES',
          value: 'a%3Db%2C=c,centre=%C3%BC%3D1%2C2,service.name=builds,team=a%20b,é/%24(x)=d',
        },
      ],
    }),
  ],
}

for (const [name, [template, expected]] of Object.entries(specs)) {
  test(name, () => {
    assert.deepEqual(podSpec(specOf(template), none), expected)
  })
}

test('another port is the port of everything', () => {
  const text = JSON.stringify(podSpec(specOf({ port: 4321 }), none))
  const expected = JSON.stringify(podSpec(specOf({}), none))
    .replaceAll('1234', '4321')
    .replaceAll('04D2', '10E1')
  assert.equal(text, expected)
})

test('resources stand in the container', () => {
  const resources = { limits: { cpu: '2' } }
  assert.deepEqual(podSpec(specOf({}), { resources, labels: {} }), withContainer({ resources }))
})

test('no text of a template is a variable to the kubelet', () => {
  const names: Readonly<Record<string, string>> = {
    builds: 'builds',
    'a$(HOST_IP)': 'a$$(HOST_IP)',
    '$$(HOST_IP)': '$$$$(HOST_IP)',
    a$$b$c$: 'a$$$b$c$',
  }
  for (const [serviceName, value] of Object.entries(names)) {
    const text = JSON.stringify(podSpec(specOf({ observability: { otlp: { serviceName } } }), none))
    assert.ok(text.includes(JSON.stringify({ name: 'OTEL_SERVICE_NAME', value })), text)
  }
})
