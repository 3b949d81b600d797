import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathText } from '../../../crds/issues/field-path.ts'
import { documentItem } from '../../../fn/input/item-of-text.ts'
import { migrate } from '../../../fn/migrate/migrate.ts'

const OWNERS = [{ apiVersion: 'example.com/v1', kind: 'Team', name: 'shop', uid: '0f3d4a6e' }]

/** What is said of a template with one Buildkit, which has an owner: severity and field, without what every template gets. */
function said(spec: object): readonly string[] {
  const object = (kind: string, metadata: object, rest: object) =>
    documentItem(JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind, metadata, spec: rest }), undefined)
  const { results } = migrate([
    object('BuildkitTemplate', { name: 'small', namespace: 'ci' }, spec),
    object('Buildkit', { name: 'shop', namespace: 'ci', ownerReferences: OWNERS }, { template: 'small' }),
  ])
  const ofTemplate = results.filter(({ item, path }) => item?.object?.metadata.name === 'small' && path.length > 1)
  return ofTemplate.map(({ severity, path }) => `${severity} ${pathText(path)}`)
}

const as = { lifecycle: { preStopScript: false } }

const cases: Readonly<Record<string, readonly [spec: object, said: readonly string[]]>> = {
  'a template that is the same here has no more to be said of it': [
    { ...as, image: 'example.com/b:1', port: 4321 },
    [],
  ],
  'a template without an image is the same as one that says so': [as, []],
  'an image that the operator may have written': [{ ...as, image: 'moby/buildkit:latest' }, ['warning spec.image']],
  'the one of its webhook': [
    { ...as, rootless: true, image: 'moby/buildkit:rootless' },
    ['warning spec.image', 'info spec.rootless'],
  ],
  'a template that does not say whether it drains': [{}, ['warning spec.lifecycle.preStopScript']],
  'a template that drains': [{ lifecycle: { preStopScript: true } }, ['info spec.lifecycle.preStopScript']],
  'buildkitd.toml': [{ ...as, buildkitdToml: 'log.level = "debug"\n' }, ['info spec.buildkitdToml']],
  'a CNI pool in a rootless builder': [
    { ...as, rootless: true, buildkitdToml: '[worker.oci]\ncniPoolSize = 1\n' },
    ['warning spec.buildkitdToml', 'info spec.rootless', 'info spec.buildkitdToml'],
  ],
  'a service account': [{ ...as, serviceAccountName: 'builder' }, ['warning spec.serviceAccountName']],
  'a deadline': [
    { lifecycle: { preStopScript: false, activeDeadlineSeconds: 60 } },
    ['info spec.lifecycle.activeDeadlineSeconds'],
  ],
  'owners that are asked for': [
    { lifecycle: { preStopScript: false, requireOwner: true } },
    ['info spec.lifecycle.requireOwner'],
  ],
  'another restart policy': [
    { lifecycle: { preStopScript: false, restartPolicy: 'Never' } },
    ['warning spec.lifecycle.restartPolicy'],
  ],
  'claims of resources': [
    { ...as, resources: { default: { claims: [{ name: 'gpu' }] } } },
    ['warning spec.resources.default.claims'],
  ],
  'traces without attributes are the same': [{ ...as, observability: { otlp: { serviceName: 'b' } } }, []],
  'attributes of traces': [
    { ...as, observability: { otlp: { serviceName: 'b', resourceAttributes: { team: 'x' } } } },
    ['info spec.observability.otlp.resourceAttributes'],
  ],
}

for (const [name, [spec, expected]] of Object.entries(cases)) {
  test(`what is different: ${name}`, () => assert.deepEqual(said(spec), expected))
}
