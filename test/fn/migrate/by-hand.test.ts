import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathText } from '../../../crds/issues/field-path.ts'
import { documentItem } from '../../../fn/input/item-of-text.ts'
import { migrate } from '../../../fn/migrate/migrate.ts'
import { run as render } from '../items.ts'

const GROUP = 'buildkit.seatgeek.io/v1alpha1'
const item = (kind: string, metadata: object, spec: object) => {
  const apiVersion = kind === 'Pod' ? 'v1' : GROUP
  return documentItem(JSON.stringify({ apiVersion, kind, metadata: { namespace: 'ci', ...metadata }, spec }), undefined)
}
const TOKEN = {
  name: 'kube-api-access-x2lq4',
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  readOnly: true,
}

interface Changes {
  readonly pod?: object
  /** Of the container of buildkitd. */
  readonly env?: readonly object[]
  readonly mounts?: readonly object[]
  readonly volumes?: readonly object[]
  /** The volume of the cache. */
  readonly state?: object
  readonly stateName?: string
  readonly containers?: readonly object[]
}

/** A Pod as the operator and an API server make it, with changes by others. */
function podOf(
  name: string,
  {
    pod,
    env = [],
    mounts = [],
    volumes = [],
    containers = [],
    state = { emptyDir: {} },
    stateName = 'buildkitd',
  }: Changes,
) {
  const buildkit = {
    name: 'buildkit',
    image: 'moby/buildkit:v0.30.0',
    imagePullPolicy: 'IfNotPresent',
    env: [{ name: 'HOST_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.hostIP' } } }, ...env],
    volumeMounts: [
      { name: stateName, mountPath: '/var/lib/buildkit' },
      { name: 'config', mountPath: '/etc/buildkit' },
      ...mounts,
      TOKEN,
    ],
    terminationMessagePath: '/dev/termination-log',
  }
  const spec = {
    containers: [buildkit, ...containers],
    volumes: [
      { name: 'buildkitd', ...state },
      { name: 'config', configMap: { name: 'buildkit-small-toml' } },
      { name: 'kube-api-access-x2lq4', projected: { sources: [] } },
      ...volumes,
    ],
    serviceAccountName: 'default',
    schedulerName: 'default-scheduler',
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    nodeName: 'node',
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ],
    ...pod,
  }
  const owner = { apiVersion: GROUP, kind: 'Buildkit', name: name.split('-')[0], uid: 'u' }
  return item('Pod', { name, ownerReferences: [owner] }, spec)
}

/** What is said of the template of these Pods by whatever they have that is not the operator's. */
function said(...pods: readonly ReturnType<typeof podOf>[]): readonly string[] {
  const { results } = migrate([
    item('BuildkitTemplate', { name: 'small' }, {}),
    item('Buildkit', { name: 'shop' }, { template: 'small' }),
    item('Buildkit', { name: 'search' }, { template: 'small' }),
    ...pods,
  ])
  return results
    .filter(({ path }) => ['podSpecPatch', 'cache'].includes(String(path[1])))
    .map(({ severity, path, message }) => `${severity} ${pathText(path)}: ${message}`)
}

const BEGIN =
  'warning spec.podSpecPatch: must have what the operator has not written into Pod "shop-x7k2p", unless a webhook adds it to new Pods too: '

test('of a Pod as the operator made it nothing is said', () => assert.deepEqual(said(podOf('shop-x7k2p', {})), []))

test('what a service mesh, a cloud and the API server add is not the users', () => {
  const mesh = {
    pod: { initContainers: [{ name: 'istio-init', image: 'istio/proxyv2' }] },
    containers: [
      { name: 'istio-proxy', image: 'istio/proxyv2', volumeMounts: [{ name: 'istio-data', mountPath: '/data' }] },
    ],
    volumes: [
      { name: 'istio-data', emptyDir: {} },
      { name: 'aws-iam-token', projected: { sources: [] } },
    ],
    env: [{ name: 'AWS_ROLE_ARN', value: 'arn' }],
    mounts: [{ name: 'aws-iam-token', mountPath: '/var/run/secrets/eks.amazonaws.com/serviceaccount' }],
  }
  assert.deepEqual(said(podOf('shop-x7k2p', mesh)), [])
})

const BY_HAND: Changes = {
  pod: {
    imagePullSecrets: [{ name: 'registry' }],
    runtimeClassName: 'kata',
    initContainers: [
      {
        name: 'binfmt',
        image: 'tonistiigi/binfmt:v9',
        args: ['--install', 'all'],
        resources: {},
        volumeMounts: [TOKEN],
      },
    ],
  },
  env: [{ name: 'HTTPS_PROXY', value: 'http://user:password@proxy:3128' }],
  mounts: [{ name: 'ca', mountPath: '/etc/ssl/certs/company.pem', subPath: 'company.pem' }],
  volumes: [{ name: 'ca', configMap: { name: 'company-ca', defaultMode: 420 } }],
}
const PATCH = {
  imagePullSecrets: [{ name: 'registry' }],
  runtimeClassName: 'kata',
  initContainers: [{ name: 'binfmt', image: 'tonistiigi/binfmt:v9', args: ['…'] }],
  containers: [
    {
      name: 'buildkit',
      env: [{ name: 'HTTPS_PROXY', value: '…' }],
      volumeMounts: [{ name: 'ca', mountPath: '/etc/ssl/certs/company.pem', subPath: 'company.pem' }],
    },
  ],
  volumes: [{ name: 'ca', configMap: { name: 'company-ca', defaultMode: 420 } }],
}

test('what others have put into a Pod is said as a patch of its template, without values that may be secret', () => {
  assert.deepEqual(said(podOf('shop-x7k2p', BY_HAND)), [`${BEGIN}${JSON.stringify(PATCH)}`])
})

test('Pods that are alike are said once', () => {
  const [first, ...more] = said(podOf('shop-x7k2p', BY_HAND), podOf('search-b4c5d', BY_HAND))
  assert.deepEqual([first?.includes('Pod "shop-x7k2p" and 1 other'), more], [true, []])
})

test('such a patch can be rendered', () => {
  const spec = { podSpecPatch: PATCH }
  const text = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- ${JSON.stringify({ apiVersion: GROUP, kind: 'BuildkitTemplate', metadata: { name: 'small' }, spec })}\n- ${JSON.stringify({ apiVersion: GROUP, kind: 'Buildkit', metadata: { name: 'shop' }, spec: { template: 'small' } })}\n`
  assert.equal(render(text).exitCode, 0)
})

test('another volume in the place of the cache is said to belong into the template', () => {
  const begin = 'warning spec.cache: must be set, because somebody has changed the cache of Pod "shop-x7k2p" to '
  for (const state of [{ persistentVolumeClaim: { claimName: 'cache' } }, { emptyDir: { sizeLimit: '9Gi' } }])
    assert.deepEqual(said(podOf('shop-x7k2p', { state })), [
      `${begin}${JSON.stringify(state)}; the new one starts empty`,
    ])
})

test('so is one with a name of its own at the path of the cache', () => {
  const claim = { persistentVolumeClaim: { claimName: 'cache' } }
  const volumes = [{ name: 'warm', ...claim }]
  const [only, ...more] = said(podOf('shop-x7k2p', { volumes, stateName: 'warm' }))
  assert.deepEqual([only?.includes(JSON.stringify(claim)), more], [true, []])
})
