import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, fileAt, item, listOf, run, template } from './items.ts'
import { builder, configMap, large, small } from './package.ts'

const pod = (name: string, annotations: Readonly<Record<string, string>>) =>
  item({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'ci', annotations }, spec: {} })
const kustomization = (path: string, ...resources: readonly string[]) =>
  item({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    metadata: { name: 'k', annotations: fileAt(path) },
    resources,
  })
const owner = template('small', { lifecycle: { requireOwner: true } }, { namespace: 'ci' })
const selected = 'internal.config.k8s.io/kpt-resource-id'

/** Packages with one mistake each, and the line about it. */
const mistakes: Readonly<Record<string, readonly [items: readonly string[], ...lines: readonly string[]]>> = {
  'a template that is missing names those that are there': [
    [small, large, builder('a', 'smal')],
    'ci/buildkits.yaml: error: Buildkit ci/a: spec.template: must name a BuildkitTemplate in namespace "ci", got "smal"; did you mean "small"?',
  ],
  'a template that is missing where there is none says so': [
    [builder('a')],
    'ci/buildkits.yaml: error: Buildkit ci/a: spec.template: must name a BuildkitTemplate in namespace "ci", got "small"; there is none',
  ],
  'of a template that is not valid only that is said, and nothing is guessed': [
    [template('small', { rootles: true }), template('smalls'), buildkit('a', { template: 'small' })],
    'error: BuildkitTemplate small: spec.rootles: is not a field of `spec`; did you mean `rootless`?',
  ],
  'a template that may be in what cannot be read is not guessed': [
    [small, builder('a', 'smal'), '- apiVersion: buildkit.seatgeek.io/v1alpha1\n  kind: [\n'],
    'ci/buildkits.yaml: error: Buildkit ci/a: spec.template: must name a BuildkitTemplate in namespace "ci", got "smal"; there is "small"',
    'error: is not valid YAML: has `[` without an end at line 2, column 9',
  ],
  'a template in another namespace is named': [
    [small, buildkit('a', { template: 'small' })],
    'error: Buildkit a: spec.template: must name a BuildkitTemplate without a namespace, like this Buildkit, but "small" is in namespace "ci"; give both the same namespace',
  ],
  'a template without a namespace is named': [
    [template('small'), template('smaller', {}, { namespace: 'ci' }), builder('a')],
    'ci/buildkits.yaml: error: Buildkit ci/a: spec.template: must name a BuildkitTemplate in namespace "ci", but "small" is without a namespace; give both the same namespace',
  ],
  'a template that is not valid is one that may be meant': [
    [template('arm64', { rootles: true }), buildkit('a', { template: 'arm46' })],
    'error: BuildkitTemplate arm64: spec.rootles: is not a field of `spec`; did you mean `rootless`?',
    'error: Buildkit a: spec.template: must name a BuildkitTemplate without a namespace, as this Buildkit, got "arm46"; did you mean "arm64"?',
  ],
  'many templates are not all listed': [
    [...'abcdefghi'].map((name) => template(`t-${name}`)).concat(buildkit('a', { template: 'other' })),
    'error: Buildkit a: spec.template: must name a BuildkitTemplate without a namespace, as this Buildkit, got "other"; there are "t-a", "t-b", "t-c", "t-d", "t-e", "t-f", "t-g" and 2 more',
  ],
  'a Pod of somebody else with the name of ours': [
    [small, builder('a'), pod('a-lhpkr7mzlc', fileAt('other.yaml'))],
    'ci/buildkits.yaml: error: Buildkit ci/a: metadata.name: must not create Pod "a-lhpkr7mzlc", which other.yaml already declares; rename one of them',
  ],
  'two Buildkits of one name': [
    [small, builder('a'), builder('a', 'small', 'ci/more.yaml')],
    'ci/more.yaml: error: Buildkit ci/a: metadata.name: must be the only Buildkit of this name in its namespace, but ci/buildkits.yaml has another; remove or rename one of them',
  ],
  'two templates of one name': [
    [small, template('small', {}, { namespace: 'ci' }), builder('a')],
    'error: BuildkitTemplate ci/small: metadata.name: must be the only BuildkitTemplate of this name in its namespace, but ci/templates.yaml has another; remove or rename one of them',
  ],
  'labels and annotations that are not for users': [
    [
      template('t', { podAnnotations: { 'buildkit.seatgeek.io/retirement': 'engine' } }),
      buildkit('a', { template: 't', labels: { 'buildkit.seatgeek.io/template': 'x', team: 'y' } }),
    ],
    'error: BuildkitTemplate t: spec.podAnnotations[buildkit.seatgeek.io/retirement]: must not be set, because render-buildkit writes it; remove it',
    'error: Buildkit a: spec.labels[buildkit.seatgeek.io/template]: must not be set, because render-buildkit writes it; remove it',
  ],
  'annotations by which tools know what they apply': [
    [
      template('t', { podAnnotations: { 'argocd.argoproj.io/tracking-id': 'other:/Pod:ci/b' } }),
      buildkit('a', { template: 't', labels: { 'applyset.kubernetes.io/part-of': 'x' } }),
    ],
    'error: BuildkitTemplate t: spec.podAnnotations[argocd.argoproj.io/tracking-id]: must not be set, because a tool writes it on the objects that it applies and would treat the Pod as its own; remove it',
    'error: Buildkit a: spec.labels[applyset.kubernetes.io/part-of]: must not be set, because a tool writes it on the objects that it applies and would treat the Pod as its own; remove it',
  ],
  'annotations by which orchestrators find files': [
    [
      template('t', { podAnnotations: { 'internal.config.kubernetes.io/path': '../evil.yaml' } }),
      buildkit('a', { template: 't', annotations: { 'config.k8s.io/id': '1' } }),
      buildkit('b', { template: 't', annotations: { 'kustomize.config.k8s.io/id': '1' } }),
    ],
    ...[
      'BuildkitTemplate t: spec.podAnnotations[internal.config.kubernetes.io/path]',
      'Buildkit a: spec.annotations[config.k8s.io/id]',
      'Buildkit b: spec.annotations[kustomize.config.k8s.io/id]',
    ].map((field) => `error: ${field}: must not be set, because kpt and kustomize skip such an object; remove it`),
  ],
  'a template that requires an owner': [
    [owner, builder('a')],
    'ci/buildkits.yaml: error: Buildkit ci/a: metadata.ownerReferences: must be set, because BuildkitTemplate "small" has `lifecycle.requireOwner: true`; an owner reference needs the uid of a live object, which Git rarely knows: set `requireOwner: false` in the template',
  ],
  'a kustomization that leaves a Pod out': [
    [small, builder('a'), kustomization('ci/kustomization.yaml', 'buildkits.yaml', 'templates.yaml')],
    'ci/kustomization.yaml: error: Kustomization k: resources: must list "pod_a.yaml" too, or the Pod of Buildkit "a" is never applied; add the line `- pod_a.yaml`',
  ],
  'a kustomization in another folder that leaves a Pod out': [
    [small, builder('a'), kustomization('all/kustomization.yaml', '../ci/buildkits.yaml')],
    'all/kustomization.yaml: error: Kustomization k: resources: must list "../ci/pod_a.yaml" too, or the Pod of Buildkit "a" is never applied; add the line `- ../ci/pod_a.yaml`',
  ],
  'selectors in the Kptfile': [
    [small, buildkit('a', { template: 'small' }, { namespace: 'ci', annotations: { [selected]: '1' } })],
    'Kptfile: error: must see the whole package; remove `selectors` and `exclude` from this function in the Kptfile',
  ],
  'a field that is unknown': [
    [small, builder('a').replace('template:', 'templte:')],
    'ci/buildkits.yaml: error: Buildkit ci/a: spec.templte: is not a field of `spec`; did you mean `template`?',
    'ci/buildkits.yaml: error: Buildkit ci/a: spec.template: is required',
  ],
  'a version that is unknown': [
    [small.replace('v1alpha1', 'v1')],
    'ci/templates.yaml: error: BuildkitTemplate ci/small: apiVersion: must be "buildkit.seatgeek.io/v1alpha1", got "buildkit.seatgeek.io/v1"',
  ],
  'a kind that is unknown': [
    [builder('a').replace('kind: Buildkit', 'kind: BuildKit')],
    'ci/buildkits.yaml: error: BuildKit ci/a: kind: must be one of "Buildkit", "BuildkitTemplate", "RenderBuildkit", got "BuildKit"; did you mean "Buildkit"?',
  ],
  'a List that holds a Buildkit': [
    [
      item({
        apiVersion: 'v1',
        kind: 'List',
        metadata: {},
        items: [{ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'Buildkit', metadata: { name: 'a' } }],
      }),
    ],
    'error: items: must not contain a Buildkit, which cannot be rendered in place; write each object as a separate document',
  ],
}

for (const [name, [items, ...lines]] of Object.entries(mistakes)) {
  test(`an error: ${name}`, () => {
    const input = listOf([configMap, ...items])
    const { text, stderr, exitCode, results } = run(input)
    assert.deepEqual({ stderr, exitCode }, { stderr: lines, exitCode: 1 })
    assert.equal(text.slice(0, input.length), input)
    assert.equal(results.length, lines.length)
  })
}

test('a failed render writes nothing', () => {
  const rendered = run(listOf([small, builder('a'), builder('gone')])).text
  const stale = rendered.replace('spec: {}', 'spec: {port: 4321}').replace('template: small', 'template: other')
  const { text, exitCode } = run(stale)
  assert.equal(exitCode, 1)
  assert.equal(text.slice(0, text.indexOf('results:')), stale)
})

test('an error has severity, object, field and file', () => {
  assert.deepEqual(run(listOf([small, builder('a', 'smal')])).results, [
    {
      message: 'must name a BuildkitTemplate in namespace "ci", got "smal"; did you mean "small"?',
      severity: 'error',
      resourceRef: { apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'Buildkit', name: 'a', namespace: 'ci' },
      field: { path: 'spec.template', currentValue: 'smal', proposedValue: 'small' },
      file: { path: 'ci/buildkits.yaml' },
    },
  ])
})

test('all mistakes are told at once, errors first, standard error the first three', () => {
  const capped = template(
    'capped',
    { resources: { default: { limits: { cpu: 4 } }, maximum: { cpu: 2 } } },
    { namespace: 'ci', annotations: fileAt('ci/templates.yaml', 2) },
  )
  const wrong = ['a', 'b', 'c', 'd', 'e'].map((name) => builder(name, `other-${name}`))
  const { results, stderr } = run(listOf([capped, builder('fine', 'capped'), ...wrong]))
  assert.deepEqual(
    results.map(({ severity }) => severity),
    ['error', 'error', 'error', 'error', 'error', 'warning'],
  )
  assert.deepEqual(stderr.slice(3), ['and 3 more'])
})

test('a warning is no error', () => {
  const capped = template('t', { resources: { default: { limits: { cpu: 4 } }, maximum: { cpu: 2 } } })
  const { results, stderr, exitCode, items, text } = run(listOf([capped, buildkit('a', { template: 't' })]))
  const message = 'must be at most the 2 that template "t" allows; "4" was lowered to "2"'
  assert.deepEqual({ exitCode, pods: items.filter(({ kind }) => kind === 'Pod').length }, { exitCode: 0, pods: 1 })
  const said = `warning BK502 capped-resources: BuildkitTemplate t: spec.resources.default.limits.cpu: ${message}`
  assert.deepEqual(stderr, [said])
  assert.deepEqual(results, [
    {
      message,
      severity: 'warning',
      resourceRef: { apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'BuildkitTemplate', name: 't' },
      field: { path: 'spec.resources.default.limits.cpu', currentValue: '4', proposedValue: '2' },
      tags: { rule: 'BK502' },
    },
  ])
  assert.equal(run(text).text, text)
})
