import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaintsOf } from './biome-reports.ts'

/** Who imports what, and the words of the message that say what to do instead. */
const forbidden: readonly (readonly [name: string, path: string, specifier: string, message: string])[] = [
  ['fn does not import controller', 'fn/a.ts', '../controller/decide.ts', 'move what both need to crds/'],
  ['fn does not load client-node', 'fn/b.ts', '@kubernetes/client-node', 'take your types from fn/input/item.ts'],
  ['fn does not load classic zod', 'fn/yaml/c.ts', 'zod', "use `import * as z from 'zod/mini'`"],
  ['fn does not load classic zod by its version', 'fn/d.ts', 'zod/v4', "use `import * as z from 'zod/mini'`"],
  ['fn opens no connection', 'fn/main.ts', 'node:https', 'it has no network'],
  ['fn starts no program', 'fn/input/read-files.ts', 'node:child_process', 'starts no program'],
  ['chapters do not import each other', 'fn/rules/cache/BK299-a.ts', '../mode/BK301-a.ts', 'move what both need'],
  ['rules do not import each other', 'fn/rules/cache/BK298-b.ts', './BK299-a.ts', 'move what both need'],
  ['rules do not import the book', 'fn/rules/mode/BK399-a.ts', '../book.ts', 'they import it'],
  [
    'what upstream accepts is not about rules',
    'fn/upstream/a.ts',
    '../rules/breaches/breach.ts',
    'return a FieldIssue',
  ],
  ['what upstream accepts is not rendered', 'fn/upstream/buildkit/b.ts', '../../render/plan.ts', 'pass what it needs'],
  ['what upstream accepts is not input', 'fn/upstream/kubernetes/c.ts', '../../input/item.ts', 'pass what it needs'],
  ['fn does not load its generator', 'fn/rules/e.ts', '../generate/rule-book.ts', 'turn the import around'],
  ['fn runs without Node.js', 'fn/rules/facts/f.ts', 'node:crypto', 'a Node.js builtin module'],
  ['controller does not import fn', 'controller/a.ts', '../fn/expand.ts', 'move what both need to crds/'],
  ['controller does not load yaml', 'controller/b.ts', 'yaml', 'controller speaks JSON'],
  ['controller does not load classic zod', 'controller/c.ts', 'zod', "use `import * as z from 'zod/mini'`"],
  [
    'crds does not import fn',
    'crds/a.ts',
    '../fn/expand.ts',
    'import only zod/mini, @noble/hashes, node:util and crds',
  ],
  [
    'crds does not import controller',
    'crds/b.ts',
    '../controller/a.ts',
    'import only zod/mini, @noble/hashes, node:util and crds',
  ],
  [
    'crds does not load classic zod',
    'crds/kubernetes/c.ts',
    'zod',
    'import only zod/mini, @noble/hashes, node:util and crds',
  ],
  ['crds does not read files', 'crds/d.ts', 'node:fs', 'the rest goes to crds/generate/'],
  ['crds does not load its generator', 'crds/kubernetes/e.ts', '../generate.ts', 'turn the import around'],
  ['the generator does not import fn', 'crds/generate/f.ts', '../../fn/expand.ts', 'move what is shared to crds/'],
  ['charts does not import controller', 'charts/generate/a.ts', '../../controller/options.ts', 'it imports only crds/'],
  ['release does not import fn', 'release/a.ts', '../fn/input/item.ts', 'it runs programs and imports only crds/'],
  ['nothing imports a main.ts', 'bench/a.ts', '../fn/main.ts', 'it runs the program'],
  ['no test imports a main.ts', 'test/a.ts', '../fn/main.ts', 'it runs the program'],
  ['nothing imports test', 'bench/b.ts', '../test/harness/servers/kube.ts', 'it is not part of the product'],
  ['demo imports no test', 'demo/b.ts', '../test/engines/a.ts', 'only test/harness/ is shared'],
  ['the playground reads no files', 'docs/playground/a.ts', '../../fn/input/read-files.ts', 'nothing that reads'],
  [
    'the playground does not import controller',
    'docs/playground/b.ts',
    '../../controller/decide.ts',
    'it imports what',
  ],
  ['the playground runs without Node.js', 'docs/playground/editor/c.ts', 'node:path', 'a Node.js builtin module'],
  ['observe judges nothing', 'controller/observe/a.ts', '../judge/serving.ts', 'observe/ only reads'],
  ['judge does nothing', 'controller/judge/a.ts', '../act/gate.ts', 'judge/ decides and does nothing'],
  ['kube knows nothing of builders', 'controller/kube/api/a.ts', '../../observation.ts', 'knows nothing of builders'],
  [
    'kube, in its root, knows nothing of builders',
    'controller/kube/c.ts',
    '../observation.ts',
    'knows nothing of builders',
  ],
  ['judge imports no test', 'controller/judge/b.ts', '../../test/harness/servers/kube.ts', 'not part of the product'],
  ['observe imports no main.ts', 'controller/observe/b.ts', '../main.ts', 'it runs the program'],
  ['kube knows nothing of crds', 'controller/kube/watch/b.ts', '../../../crds/names.ts', 'knows nothing of builders'],
]

const allowed: Readonly<Record<string, readonly string[]>> = {
  'fn/ok.ts': ['./input/item.ts', './yaml/emit.ts', '../crds/buildkit.ts', 'yaml', 'zod/mini'],
  'fn/generate.ts': ['./generate/rule-book.ts', './rules/chapters.ts', 'node:fs'],
  'fn/rules/mode/BK398-ok.ts': [
    '../breaches/breach.ts',
    '../facts/facts.ts',
    '../../upstream/version.ts',
    '../rule.ts',
  ],
  'fn/upstream/kubernetes/ok.ts': ['./quantity.ts', '../../toml/value-at.ts', '../../../crds/validate.ts', 'zod/mini'],
  'fn/input/read-package.ts': ['node:fs', 'node:path'],
  'fn/migrate/write-package.ts': ['node:fs', 'node:path'],
  'controller/ok.ts': ['../crds/names.ts', '@kubernetes/client-node', 'node:https', 'zod/mini'],
  'controller/judge/ok.ts': ['../observe/pod.ts', '../kube/now.ts', '../reasons.ts'],
  'controller/kube/watch/ok.ts': ['../api/api-error.ts', '../history.ts', 'node:https'],
  'docs/playground/ok.ts': ['../../fn/output/render.ts', '../../crds/names.ts', '@codemirror/view'],
  'demo/ok.ts': ['../test/harness/servers/kube.ts'],
  'crds/ok.ts': ['./kubernetes/affinity.ts', './names.ts', '@noble/hashes/sha2.js', 'zod/mini'],
  'crds/kubernetes/ok.ts': ['../field.ts', './list.ts', 'zod/mini'],
  'release/ok.ts': ['../crds/options.ts', 'node:fs', 'yaml'],
  'charts/generate/ok.ts': ['../../crds/generate/editor-schema.ts', 'node:fs', 'yaml', 'zod/mini'],
  'crds/generate/ok.ts': ['../buildkit.ts', 'node:fs', 'yaml', 'zod'],
  'test/ok.ts': ['../fn/expand.ts', '../controller/decide.ts', './harness/servers/kube.ts', 'yaml'],
}

const BOUNDARIES = ['style/noRestrictedImports', 'correctness/noNodejsModules']

const files = Object.fromEntries([
  ...forbidden.map(([, path, specifier]) => [path, importsOf([specifier])] as const),
  ...Object.entries(allowed).map(([path, specifiers]) => [path, importsOf(specifiers)] as const),
])
const buffer = { 'fn/yaml/g.ts': 'export const zero = Buffer.alloc(0)\n' }
const all = await complaintsOf({ ...files, ...buffer })
const complaints = all.filter(({ rule }) => BOUNDARIES.includes(rule))

for (const [name, path, , message] of forbidden) {
  test(`${name}: lint reports what to do instead`, () => {
    const messages = complaints.filter((complaint) => complaint.path === path).map((complaint) => complaint.message)
    assert.equal(messages.length, 1)
    assert.ok(messages[0]?.includes(message), `${messages[0]} does not say: ${message}`)
  })
}

test('fn runs without the globals of Node.js: lint reports them', () => {
  const messages = all.filter(({ path }) => path in buffer).map(({ message }) => message)
  assert.deepEqual(messages, ['Do not use the global variable Buffer.'])
})

test('each folder may import what it is made of', () => {
  assert.deepEqual(
    complaints.filter(({ path }) => path in allowed),
    [],
  )
})

function importsOf(specifiers: readonly string[]): string {
  return specifiers.map((specifier) => `import '${specifier}'\n`).join('')
}
