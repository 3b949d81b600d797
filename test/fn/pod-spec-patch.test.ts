import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, listOf, type Ran, run, template } from './items.ts'
import { podsOf } from './package.ts'
import { privileged } from './privileged-pod.ts'

const [container] = privileged.containers
const proxy = { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }
const inContainer = (fields: object) => ({ containers: [{ name: 'buildkit', ...fields }] })
const rendered = (ofTemplate: unknown, ofBuildkit?: unknown, spec: object = {}) =>
  run(
    listOf([
      template('small', { ...spec, podSpecPatch: ofTemplate }),
      buildkit('a', { template: 'small', ...(ofBuildkit !== undefined && { podSpecPatch: ofBuildkit }) }),
    ]),
  )
const saidBy = ({ results }: Ran) =>
  results.map(({ field, message }) => `${(field as { readonly path: string }).path} ${message}`)

test('a patch gives Pods whatever has no field of its own', () => {
  const mount = { name: 'ca', mountPath: '/etc/ssl/certs/company.pem', subPath: 'company.pem' }
  const binfmt = { name: 'binfmt', image: 'tonistiigi/binfmt:qemu-v9.2.2', args: ['--install', 'all'] }
  const { items, results } = rendered({
    imagePullSecrets: [{ name: 'registry' }],
    runtimeClassName: 'kata',
    initContainers: [binfmt],
    ...inContainer({ env: [proxy], volumeMounts: [mount] }),
    volumes: [{ name: 'ca', configMap: { name: 'company-ca' } }],
  })
  assert.deepEqual(results, [])
  assert.deepEqual(podsOf(items)[0]?.spec, {
    ...privileged,
    imagePullSecrets: [{ name: 'registry' }],
    runtimeClassName: 'kata',
    initContainers: [binfmt],
    containers: [{ ...container, env: [proxy], volumeMounts: [mount, ...(container?.volumeMounts ?? [])] }],
    volumes: [{ name: 'ca', configMap: { name: 'company-ca' } }, ...privileged.volumes],
  })
})

test("a Buildkit's patch is merged after its template's", () => {
  const { items } = rendered(
    inContainer({ env: [proxy, { name: 'NO_PROXY', value: '10.0.0.0/8' }] }),
    inContainer({
      env: [
        { name: 'NO_PROXY', $patch: 'delete' },
        { name: 'HTTPS_PROXY', value: 'http://other:3128' },
      ],
    }),
  )
  const env = [{ name: 'HTTPS_PROXY', value: 'http://other:3128' }]
  assert.deepEqual(podsOf(items)[0]?.spec.containers, [{ ...container, env }])
})

test('a patch that says nothing moves no hash, another one does', () => {
  const nameOf = (patch: unknown) => podsOf(rendered(patch).items)[0]?.metadata.name
  const plain = podsOf(run(listOf([template('small'), buildkit('a', { template: 'small' })])).items)[0]?.metadata.name
  assert.deepEqual([nameOf({}), nameOf(null), nameOf({ containers: [] })], [plain, plain, plain])
  assert.notEqual(nameOf({ runtimeClassName: 'kata' }), plain)
})

test('every mistake in a patch is said with its place, and nothing is written', () => {
  const ran = rendered(
    {
      imagePullSecret: [{ name: 'registry' }],
      tolerations: [],
      ...inContainer({ image: 'moby/buildkit', env: [{ name: 'A', value: 1 }], args: [] }),
    },
    { nodeName: 'node-1', volumes: [{ name: 'buildkitd', $patch: 'delete' }] },
  )
  assert.equal(ran.exitCode, 1)
  assert.deepEqual(saidBy(ran), [
    'spec.podSpecPatch.imagePullSecret is not a field of `podSpecPatch`; did you mean `imagePullSecrets`?',
    'spec.podSpecPatch.tolerations has a field of its own: set `spec.scheduling.tolerations`',
    'spec.podSpecPatch.containers[0].image has a field of its own: set `spec.image`',
    'spec.podSpecPatch.containers[0].env[0].value must be a string, got the number ***; quote it: "***"',
    'spec.podSpecPatch.containers[0].args must stay as it is: `spec.buildkitdToml`, `spec.tls` and `spec.observability` configure buildkitd',
    'spec.podSpecPatch.nodeName skips the scheduler, which knows taints, resources and volumes: set `kubernetes.io/hostname` in `spec.scheduling.nodeSelector` of its template, or of a template of its own if only this builder needs it',
    'spec.podSpecPatch.volumes[0] must stay as it is: BuildKit has its state or its configuration there',
  ])
  assert.ok(!ran.text.includes('podName'))
})

test('a mistake in the patch of a template that nobody uses is one', () => {
  const { exitCode, results } = run(listOf([template('unused', { podSpecPatch: { dns: 'Default' } })]))
  assert.deepEqual([exitCode, results.length], [1, 1])
})
