import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type * as z from 'zod/mini'
import { Buildkit } from '../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { pathText } from '../../crds/issues/field-path.ts'
import { type FieldIssue, validate } from '../../crds/validate.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const buildkit = { apiVersion, kind: 'Buildkit', metadata: { name: 'arm64' }, spec: { template: 'arm64' } }
const template = { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'arm64' } }
const spec = (fields: object) => ({ ...template, spec: fields })

suite('defaults', () => {
  test('a template that says nothing has every default', () => {
    assert.deepEqual(validate(BuildkitTemplate, template), {
      value: {
        ...template,
        spec: {
          rootless: false,
          hostUsers: true,
          imagePullPolicy: 'IfNotPresent',
          port: 1234,
          resources: {},
          scheduling: {},
          lifecycle: { requireOwner: false, terminationGracePeriodSeconds: 900, preStopScript: true },
          observability: { debugLogging: false },
        },
      },
    })
  })

  test('a Buildkit leaves as it came', () => {
    assert.deepEqual(validate(Buildkit, buildkit), { value: buildkit })
  })
})

suite('null', () => {
  test('a field that is null counts as left out', () => {
    const nulls = {
      ...buildkit,
      metadata: { name: 'a', labels: { team: null } },
      spec: { template: 'b', resources: null },
    }
    assert.deepEqual(validate(Buildkit, nulls), {
      value: { ...buildkit, metadata: { name: 'a', labels: {} }, spec: { template: 'b' } },
    })
  })

  test('a field that is null has its default', () => {
    const { lifecycle, port } = parsed(spec({ port: null, lifecycle: { preStopScript: null } })).spec
    assert.deepEqual(
      { lifecycle, port },
      {
        lifecycle: { requireOwner: false, terminationGracePeriodSeconds: 900, preStopScript: true },
        port: 1234,
      },
    )
  })

  test('the object itself is not changed', () => {
    const nulls = Object.freeze({ ...buildkit, spec: Object.freeze({ template: 'b', resources: null }) })
    validate(Buildkit, nulls)
    assert.deepEqual(nulls.spec, { template: 'b', resources: null })
  })

  test('a required field that is null is missing', () => {
    assertIssues(Buildkit, { ...buildkit, spec: { template: null } }, [
      { path: ['spec', 'template'], message: 'is required' },
    ])
  })

  test('an item of a list that is null is wrong', () => {
    assertIssues(BuildkitTemplate, spec({ command: ['sh', null] }), [
      { path: ['spec', 'command', 1], message: 'must be a string, got null', currentValue: null },
    ])
  })
})

test('all mistakes are told at once, in the order of the manifest, missing fields last', () => {
  const object = {
    kind: 'BuildkitTemplate',
    apiVersion,
    spec: {
      observability: { otlp: { resourceAttributes: { b: 2, a: 1 } } },
      prot: 1,
      rootless: 'no',
      resources: { maximum: { memory: 'lots' } },
    },
    metadata: { name: 'x', labels: 'none' },
  }
  const result = validate(BuildkitTemplate, object)
  assert.deepEqual('issues' in result && result.issues.map(({ path, message }) => `${pathText(path)} ${message}`), [
    'spec.observability.otlp.resourceAttributes.b must be a string, got the number 2; quote it: "2"',
    'spec.observability.otlp.resourceAttributes.a must be a string, got the number 1; quote it: "1"',
    'spec.observability.otlp.serviceName is required',
    'spec.prot is not a field of `spec`; did you mean `port`?',
    'spec.rootless must be true or false, got "no"',
    'spec.resources.maximum.memory must be a quantity such as "500m" or "8Gi", got "lots"',
    'metadata.labels must be an object, got "none"',
  ])
})

test('a Pod template of an older operator is told where its parts are now', () => {
  const container = { name: 'buildkit', image: 'x', env: [], securityContext: {} }
  const former = { metadata: { labels: {} }, spec: { nodeSelector: {}, containers: [container], volumes: [] } }
  assertIssues(BuildkitTemplate, spec({ template: former }), [
    {
      path: ['spec', 'template'],
      message:
        'is not a field of `spec`; it is the Pod template of buildkit-operator before v0.1.0; now `metadata.labels` is `spec.podLabels`, `spec.nodeSelector` is `spec.scheduling.nodeSelector`, `spec.containers.image` is `spec.image`, `spec.containers.env` is `spec.podSpecPatch.containers[name=buildkit].env`, `spec.volumes` is `spec.podSpecPatch.volumes`',
      currentValue: former,
    },
  ])
  assertIssues(BuildkitTemplate, spec({ debugLogging: true }), [
    {
      path: ['spec', 'debugLogging'],
      message: 'is not a field of `spec`; did you mean `spec.observability.debugLogging`?',
      currentValue: true,
    },
  ])
})

test('no correction makes two keys one', () => {
  const unknown = (field: string, fix?: FieldIssue['fix']) => ({
    path: ['spec', field],
    message: 'is not a field of `spec`; did you mean `rootless`?',
    currentValue: true,
    ...(fix && { fix }),
  })
  assertIssues(BuildkitTemplate, spec({ rootles: true }), [unknown('rootles', { kind: 'rename', to: 'rootless' })])
  assertIssues(BuildkitTemplate, spec({ rootles: true, rootlss: true }), [unknown('rootles'), unknown('rootlss')])
  assertIssues(BuildkitTemplate, spec({ rootles: true, rootless: true }), [unknown('rootles')])
})

function assertIssues(schema: z.ZodMiniType, object: unknown, issues: readonly FieldIssue[]): void {
  assert.deepEqual(validate(schema, object), { issues })
}

function parsed(object: unknown): BuildkitTemplate {
  const result = validate(BuildkitTemplate, object)
  assert.ok('value' in result)
  return result.value
}
