import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of the patches of a template and its Buildkit, each with its object and field. */
const saidOf = (patch: object, ofBuildkit: object = {}) => {
  const own = JSON.stringify({ template: 'example', podSpecPatch: ofBuildkit })
  return resultsOf(
    `kind: BuildkitTemplate\nspec: ${JSON.stringify({ podSpecPatch: patch })}\n---\nkind: Buildkit\nspec: ${own}\n`,
  ).flatMap(({ tags, field, message }) => (tags?.rule === 'BK550' ? [`${field?.path} ${message}`] : []))
}

const builder = (patch: object) => ({ containers: [{ name: 'buildkit', ...patch }] })
const AT = 'spec.podSpecPatch.containers[0]'
const valueFrom = { secretKeyRef: { name: 'a', key: 'b' } }
const mounted = (volume: object) => ({
  ...builder({ volumeMounts: [{ name: 'a', mountPath: '/a' }] }),
  volumes: [{ name: 'a', ...volume }],
})

test('a variable has a value or a source, in all patches together', () => {
  const message = `${AT}.env[0] must have one of \`value\` and \`valueFrom\`; set the other to null`
  assert.deepEqual(saidOf(builder({ env: [{ name: 'A', value: 'a', valueFrom }] })), [message])
  const [template, buildkit] = [
    builder({ env: [{ name: 'A', value: 'a' }] }),
    builder({ env: [{ name: 'A', valueFrom }] }),
  ]
  assert.deepEqual(saidOf(template, buildkit), [message])
  assert.deepEqual(saidOf(template, builder({ env: [{ name: 'A', value: null, valueFrom }] })), [])
})

test('a volume has one source, in all patches together', () => {
  assert.deepEqual(
    saidOf(mounted({ configMap: { name: 'a' } }), { volumes: [{ name: 'a', secret: { secretName: 'a' } }] }),
    ['spec.podSpecPatch.volumes[0] must have one of `configMap` and `secret`; set the other to null'],
  )
})

test('what is required is there', () => {
  const missing = (field: string) => `must have \`${field}\`, which is required`
  const source = (volume: object) => saidOf(mounted(volume))
  const at = 'spec.podSpecPatch.volumes[0]'
  assert.deepEqual(source({ secret: {} }), [`${at}.secret ${missing('secretName')}`])
  assert.deepEqual(source({ persistentVolumeClaim: {} }), [`${at}.persistentVolumeClaim ${missing('claimName')}`])
  assert.deepEqual(source({ configMap: { name: 'a', items: [{ key: 'b' }] } }), [
    `${at}.configMap.items[0] ${missing('path')}`,
  ])
  assert.deepEqual(saidOf(builder({ envFrom: [{ secretRef: {} }, {}] })), [
    `${AT}.envFrom[0].secretRef ${missing('name')}`,
    `${AT}.envFrom[1] must have \`configMapRef\` or \`secretRef\``,
  ])
})

test('names and ports are such', () => {
  const side = { name: 'Side', image: 'a', env: [{ name: 'A=B', value: 'a' }], ports: [{ containerPort: 70_000 }] }
  assert.deepEqual(saidOf({ containers: [side] }), [
    `${AT}.name must be at most 63 lower-case letters, digits and "-", with a letter or digit at both ends, got "Side"`,
    `${AT}.env[0].name must be printable ASCII characters without "=", got "A=B"`,
    `${AT}.ports[0].containerPort must be a port from 1 to 65535, got 70000`,
  ])
  const twice = { name: 'side', image: 'a' }
  assert.deepEqual(saidOf({ containers: [twice], initContainers: [twice] }), [
    'spec.podSpecPatch.initContainers[0].name must be another name than those of `containers`, got "side"',
  ])
})

test('who wants no name servers of the cluster names others', () => {
  assert.deepEqual(saidOf({ dnsPolicy: 'None' }), [
    'spec.podSpecPatch.dnsPolicy must have `dnsConfig.nameservers` beside it if it is "None"',
  ])
  assert.deepEqual(saidOf({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.1'] } }), [])
})
