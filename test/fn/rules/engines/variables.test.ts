import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

/** What is said of a template and a Buildkit, each as rule, field and message. */
function saidOf(template: object, buildkit: object = {}): readonly string[] {
  const objects = [
    { kind: 'BuildkitTemplate', spec: template },
    { kind: 'Buildkit', spec: buildkit },
  ]
  return resultsOf(objects.map((object) => stringify(object)).join('---\n')).map(({ tags, field, message }) => {
    return [tags?.rule, field?.path, message].join(' ')
  })
}

/** As Flux writes it. */
const variable = (name: string) => `\${${name}}`
const must = (name: string) =>
  `must not contain a Flux variable; nothing replaces "${variable(name)}" in a rendered Pod; write its value`

test('a variable of Flux in the configuration is named with its key', () => {
  const buildkitdToml = `# ${variable('NOT_READ')}
[registry."docker.io"]
mirrors = ["${variable('MIRROR')}", "m.io/${variable('PATH:=proxy')}"]
[registry."${variable('HOST')}"]
http = true
[worker.oci.labels]
price = "$${variable('text')}"
`
  assert.deepEqual(saidOf({ buildkitdToml }), [
    `BK617 spec.buildkitdToml \`registry."docker.io".mirrors[0]\` ${must('MIRROR')}`,
    `BK617 spec.buildkitdToml \`registry."docker.io".mirrors[1]\` ${must('PATH:=proxy')}`,
    `BK617 spec.buildkitdToml \`registry."${variable('HOST')}"\` ${must('HOST')}`,
  ])
})

test('so is one in an annotation of Pods, of a template or of a Buildkit', () => {
  const said = (annotation: string) => [
    ...saidOf({ podAnnotations: { 'example.com/a': annotation } }),
    ...saidOf({}, { annotations: { 'example.com/a': annotation } }),
  ]
  assert.deepEqual(said(variable('TEAM')), [
    `BK617 spec.podAnnotations[example.com/a] ${must('TEAM')}`,
    `BK617 spec.annotations[example.com/a] ${must('TEAM')}`,
  ])
  for (const text of [`$${variable('TEAM')}`, variable('data.host'), '$TEAM', '%%host%%', '{{ secret }}'])
    assert.deepEqual(said(text), [])
})

test('so is one in what a template says of its traces', () => {
  const otlp = { serviceName: variable('CLUSTER'), resourceAttributes: { team: variable('TEAM') } }
  assert.deepEqual(saidOf({ observability: { otlp } }), [
    `BK617 spec.observability.otlp.serviceName ${must('CLUSTER')}`,
    `BK617 spec.observability.otlp.resourceAttributes.team ${must('TEAM')}`,
  ])
})

test('who has Flux substitute in Pods may have variables in them', () => {
  const podAnnotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'enabled', 'example.com/a': variable('TEAM') }
  const buildkitdToml = `root = "/var/lib/buildkit/${variable('X')}"\n`
  assert.deepEqual(saidOf({ podAnnotations, buildkitdToml }), [])
})
