import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { rulesBrokenBy } from '../rules-broken.ts'

const CA = `  buildkitdToml: |
    [registry."registry.example.com"]
      ca = ["/certs/ca.pem"]
`
const MOUNT =
  '{containers: [{name: buildkit, volumeMounts: [{name: certs, mountPath: /certs}]}], volumes: [{name: certs, configMap: {name: ca}}]}'
const brokenBy = (ofTemplate: string, ...ofBuildkits: readonly string[]) =>
  rulesBrokenBy(
    [
      `kind: BuildkitTemplate\nspec:\n${CA}${ofTemplate && `  podSpecPatch: ${ofTemplate}\n`}`,
      ...ofBuildkits.map((patch, at) => {
        return `kind: Buildkit\nmetadata: {name: b${at}}\nspec: {template: example${patch && `, podSpecPatch: ${patch}`}}\n`
      }),
    ].join('---\n'),
  )

test('a file is in the Pod if a patch mounts its folder', () => {
  assert.deepEqual(brokenBy(''), ['BK123'])
  assert.deepEqual(brokenBy(MOUNT), [])
  assert.deepEqual(brokenBy(MOUNT.replaceAll('/certs', '/cert')), ['BK123'])
})

test('a file must be in the Pod of every Buildkit', () => {
  assert.deepEqual(brokenBy('', MOUNT), [])
  assert.deepEqual(brokenBy('', MOUNT, MOUNT), [])
  assert.deepEqual(brokenBy('', MOUNT, ''), ['BK123'])
})

test('a patch with a mistake may mount anything', () => {
  assert.deepEqual(brokenBy(MOUNT.replace('name: ca', 'nmae: ca')), [])
})

test('with TLS, the files of its Secret are in the Pod, and no other beside them', () => {
  const said = (file: string, more: object = {}) =>
    rulesBrokenBy(
      stringify({
        kind: 'BuildkitTemplate',
        spec: {
          tls: { secretName: 'a' },
          buildkitdToml: `[registry."a.example.com"]\nca = ["${file}"]\n`,
          ...more,
        },
      }),
    )
  assert.deepEqual(said('/certs/ca.crt'), [])
  assert.deepEqual(said('/certs/company.crt'), ['BK123'])
  assert.deepEqual(said('/certs/company.crt', { podSpecPatch: { hostname: 'a' } }), ['BK123'])
})
