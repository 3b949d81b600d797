import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listOf, run } from '../items.ts'
import { builder, configMap, small } from '../package.ts'

const plain = listOf([small, builder('a'), configMap])
const rendered = run(plain).text
const CHECK =
  'functionConfig:\n  apiVersion: buildkit.seatgeek.io/v1alpha1\n  kind: RenderBuildkit\n  spec: {mode: check}\n'

const FIRST_STEP =
  'run `kpt fn render` with render-buildkit among its mutators or commit what `render-buildkit build` prints, or check with `--unrendered` if Pods are rendered on the way to the cluster'

const outOfDate: Record<string, readonly [list: string, ...lines: readonly string[]]> = {
  'a package that was never rendered': [
    plain,
    `ci/buildkits.yaml: error: Buildkit ci/a: must be rendered; ${FIRST_STEP}`,
  ],
  'a package of many that was never rendered, as one error': [
    listOf([small, ...['a', 'b', 'c'].map((name) => builder(name))]),
    `ci/buildkits.yaml: error: Buildkit ci/a: must be rendered, and so must 2 more Buildkits; ${FIRST_STEP}`,
  ],
  'a Pod that is gone': [
    rendered.slice(0, rendered.indexOf('- apiVersion: v1\n  kind: Pod')),
    'ci/buildkits.yaml: error: Buildkit ci/a: must have a Pod "a-lhpkr7mzlc", which is missing; render the package again',
  ],
  'a Pod that was edited by hand': [
    rendered.replace('image: moby', 'image: evil'),
    'ci/pod_a.yaml: error: Pod ci/a-lhpkr7mzlc: spec.containers[0].image: must be "moby/buildkit:v0.34.2", got "evil/buildkit:v0.34.2"; it was changed by hand or by a later function; render the package again',
  ],
  'a Pod that was edited in several fields': [
    rendered
      .replace('image: moby', 'image: evil')
      .replace('privileged: true', 'privileged: true\n        runAsUser: 0')
      .replace('kind: Pod\n  metadata:', 'kind: Pod\n  metadata:\n    finalizers: [x]')
      .replace(/failureThreshold: \d+/g, 'failureThreshold: 9'),
    'ci/pod_a.yaml: error: Pod ci/a-lhpkr7mzlc: metadata.finalizers: must not be set; it was changed by hand or by a later function; so were `spec.containers[0].image`, `spec.containers[0].startupProbe.failureThreshold`, `spec.containers[0].readinessProbe.failureThreshold`, 2 more fields; render the package again',
  ],
  'a Pod with a value that is not shown': [
    rendered.replace(/restartPolicy: \w+/, 'restartPolicy: {}'),
    'ci/pod_a.yaml: error: Pod ci/a-lhpkr7mzlc: spec.restartPolicy: must be as it was rendered, but was changed by hand or by a later function; render the package again',
  ],
  'a template that is wrong, and none of its Pods': [
    rendered.replace('spec: {}', 'spec: {port: none}'),
    'ci/templates.yaml: error: BuildkitTemplate ci/small: spec.port: must be a whole number from 1 to 65535, got "none"',
  ],
  'a variable that was edited, without its value': [
    run(
      plain.replace(
        'spec: {}',
        "spec: {podSpecPatch: {containers: [{name: buildkit, env: [{name: A, value: 'x1'}]}]}}",
      ),
    ).text.replace('value: x1', 'value: x2'),
    'ci/pod_a.yaml: error: Pod ci/a-hgqc99f8z2: spec.containers[0].env[0].value: must be as it was rendered, but was changed by hand or by a later function; render the package again',
  ],
  'a Pod without a Buildkit': [
    rendered.replace(builder('a').replace('template: small', 'template: small\n    podName: a-lhpkr7mzlc'), ''),
    'ci/pod_a.yaml: error: Pod ci/a-lhpkr7mzlc: metadata.name: must not be here, because no Buildkit "a" in this namespace uses this Pod; render the package again',
  ],
  'a Pod that was renamed': [
    rendered.replace('    name: a-lhpkr7mzlc', '    name: x-a-lhpkr7mzlc'),
    'ci/pod_a.yaml: error: Pod ci/x-a-lhpkr7mzlc: metadata.name: must be "a-lhpkr7mzlc", got "x-a-lhpkr7mzlc"; its template or Buildkit has changed, or it was renamed after rendering; render the package again',
  ],
}

const prefixed = rendered
  .replace('    name: a\n', '    name: p-a\n')
  .replaceAll(/(name|podName): a-lhpkr7mzlc/gi, '$1: p-a-lhpkr7mzlc')

outOfDate['a Pod that was renamed with its Buildkit, as one error'] = [
  prefixed,
  'ci/pod_a.yaml: error: Pod ci/p-a-lhpkr7mzlc: metadata.name: must keep the name that it was rendered with for Buildkit "a"; render in the outermost layer, after names are changed',
]

for (const [name, [list, ...lines]] of Object.entries(outOfDate)) {
  test(`check finds ${name}, and changes nothing`, () => {
    const input = list + CHECK
    const { text, stderr, exitCode } = run(input)
    assert.deepEqual({ stderr, exitCode }, { stderr: lines, exitCode: 1 })
    assert.equal(text.slice(0, input.length), input)
  })
}
