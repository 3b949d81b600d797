import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { repositoryFiles } from '../house/repository-files.ts'
import { built } from './built.ts'
import { exampleNames, examplePath } from './example-names.ts'
import { podsIn } from './pods-in.ts'

const OPERATOR_README = join(import.meta.dirname, '../crds/testdata/operator-readme-example.yaml')
/** What render-buildkit writes itself, and what a Pod without claims of its own cannot refer to. */
const LEFT_OUT = ['podName', 'podNames', 'resources.claims', 'resources.default.claims']
/** What has examples of its own, each with one way to have it. */
const ELSEWHERE =
  /^(?:cache|tls|service|podSpecPatch|replicas|observability\.metrics|observability\.otlp\.endpoint|lifecycle\.handover)(?:\.|$)/

interface Schema {
  readonly title?: string
  readonly properties?: Readonly<Record<string, Schema>>
}

for (const [kind, file] of [
  ['Buildkit', 'buildkit.yaml'],
  ['BuildkitTemplate', 'template.yaml'],
] as const) {
  test(`examples/full sets every field of a ${kind}'s spec`, () => {
    const [schema] = repositoryFiles(`crds/generated/schemas/${kind.toLowerCase()}.schema.json`).values()
    const { spec } = parse(readFileSync(join(examplePath('full'), file), 'utf8'))
    const all = fieldPaths((JSON.parse(schema ?? '{}') as Schema).properties?.spec ?? {})
    const paths = all.filter((path) => !ELSEWHERE.test(path))
    const missing = paths.filter((path) => valueAt(spec, path) === undefined)
    assert.ok(paths.length > 5)
    assert.deepEqual(
      missing,
      paths.filter((path) => LEFT_OUT.includes(path)),
    )
  })
}

test('each kind of cache but a plain emptyDir, a patch, TLS, a Service, replicas and metrics have an example', () => {
  const specs = exampleNames.flatMap((name) =>
    globSync(join(examplePath(name), '**/*.yaml')).flatMap((path) =>
      parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS()?.spec ?? {}),
    ),
  )
  const kinds = new Set(specs.flatMap(({ cache = {} }) => Object.keys(cache)))
  assert.deepEqual([...kinds].sort(), ['claim', 'ephemeral', 'hostPath'])
  for (const field of ['podSpecPatch', 'tls', 'service', 'replicas'])
    assert.ok(
      specs.some((spec) => spec[field]),
      field,
    )
  assert.ok(specs.some(({ observability }) => observability?.metrics && observability.otlp?.endpoint))
})

test('examples/full shows what is lowered to the maximum', async () => {
  const { stderr } = await built(examplePath('full'))
  assert.deepEqual(stderr, [
    `${join(examplePath('full'), 'buildkit.yaml')}:16:7: warning BK502 capped-resources: Buildkit builders/release: spec.resources.limits.memory: must be at most the 32Gi that template "large-arm64" allows; "48Gi" was lowered to "32Gi"`,
    'rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate',
  ])
})

test('each example has a README of ten lines or so that says how to run it', () => {
  for (const name of exampleNames) {
    const readme = readFileSync(join(examplePath(name), 'README.md'), 'utf8')
    assert.ok(readme.split('\n').length <= 14, `examples/${name}/README.md is longer`)
    assert.match(readme, /^ {4}(?:npx render-buildkit build examples\/|kpt fn render)/m)
  }
})

test("the example in the operator's README renders as it is, where its node selector and tolerations say", async () => {
  const [pod, ...more] = podsIn((await built(OPERATOR_README)).manifests)
  const { nodeSelector, tolerations } = (pod as unknown as { spec: Record<string, unknown> }).spec
  const missing = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }
  assert.deepEqual(more, [])
  assert.deepEqual(
    { nodeSelector, tolerations },
    {
      nodeSelector: { 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'linux' },
      tolerations: [
        { key: 'dedicated', operator: 'Equal', value: 'buildkit', effect: 'NoSchedule' },
        { key: 'node.kubernetes.io/not-ready', ...missing },
        { key: 'node.kubernetes.io/unreachable', ...missing },
      ],
    },
  )
})

/** The fields of a schema, down to the types that Kubernetes has named. */
function fieldPaths({ properties = {} }: Schema): readonly string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const isOpen = schema.title === undefined || schema.title === 'ResourceRequirements'
    const inner = isOpen ? fieldPaths(schema).map((path) => `${name}.${path}`) : []
    return [name, ...inner]
  })
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
}
