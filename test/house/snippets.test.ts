import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCommand } from '../../fn/commands/run-command.ts'
import { inRepository, repositoryFiles } from './repository-files.ts'
import { judgeSnippet } from './snippets/judge-snippet.ts'
import { shellCommands } from './snippets/shell-commands.ts'
import { snippetsIn } from './snippets/snippets-in.ts'

/** Written by programs that have tests of their own. */
const GENERATED = ['docs/reference.md', 'docs/rules.md', 'docs/benchmarks.md', 'docs/benchmarks-controller.md']

const documents = [
  ...repositoryFiles('README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'charts/**/*.md', 'examples/**/*.md'),
].filter(([path]) => !GENERATED.includes(path) && !path.startsWith('docs/rules/'))

for (const [path, text] of documents) {
  test(`every snippet in ${path} can be copied`, () => {
    assert.deepEqual(complaintsAbout(text), [])
  })
}

test('what documents build of this repository can be built', async () => {
  const commands = documents.flatMap(([, text]) => snippetsIn(text).flatMap((snippet) => shellCommands(snippet.text)))
  const builds = commands.map((words) => words.slice(words.indexOf('render-buildkit') + 1)).filter(isOfRepository)
  assert.ok(builds.length > 0)
  for (const args of builds) {
    const { exitCode, stderr } = await runCommand(args, () => Promise.resolve(new Uint8Array()))
    assert.equal(exitCode, 0, `render-buildkit ${args.join(' ')}: ${stderr.join('; ')}`)
  }
})

function isOfRepository([command, ...paths]: readonly string[]): boolean {
  return command === 'build' && paths.length > 0 && paths.every(inRepository)
}

test('a snippet that rots is found', () => {
  assert.deepEqual(complaintsAbout(ROTTEN), [
    'line 3: is no Buildkit: spec.tempalte: is not a field of `spec`; did you mean `template`?',
    'line 3: is no Buildkit: spec.template: is required',
    'line 13: is no RenderBuildkit: spec.mode: must be one of "render", "check", "clean", got "verify"',
    'line 20: is no YAML: Nested mappings are not allowed in compact mappings at line 1, column 4:',
    'line 24: render-buildkit build --watch builders: --watch is not an option; see render-buildkit --help',
    'line 24: kubectl has no subcommand "aply" that this test knows',
    'line 24: package.json has no script "demos"',
    'line 24: crds/generate/crds.yaml is not in this repository',
    'line 24: kpt fn has no subcommand "rendr" that this test knows',
    'line 33: "kubctl" is no program that this test knows',
    'line 37: "yml" is no language that this test knows',
    'line 41: package.json has no script "gone"',
  ])
})

test('commands are found behind pipes, assignments, quotes, line breaks and in substitutions', () => {
  const text = `$ A=1 kubectl get pods -o 'jsonpath={.a | b}' | grep "x;y" && cd /tmp; echo $(kpt live status) > out 2>&1 # gone\nhelm \\\n  list\n`
  assert.deepEqual(shellCommands(text), [
    ['kubectl', 'get', 'pods', '-o', 'jsonpath={.a | b}'],
    ['grep', 'x;y'],
    ['cd', '/tmp'],
    ['echo', 'OUTPUT'],
    ['helm', 'list'],
    ['kpt', 'live', 'status'],
  ])
})

function complaintsAbout(markdown: string): readonly string[] {
  return snippetsIn(markdown).flatMap((snippet) =>
    judgeSnippet(snippet).map((complaint) => `line ${snippet.line}: ${complaint}`),
  )
}

const ROTTEN = `# Rotten

\`\`\`yaml
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata:
  name: shop
spec:
  tempalte: small
\`\`\`

- in a list
  \`\`\`yaml
  apiVersion: buildkit.seatgeek.io/v1alpha1
  kind: RenderBuildkit
  spec:
    mode: verify
  \`\`\`

\`\`\`yaml
a: b: c
\`\`\`

\`\`\`
render-buildkit build --watch builders | kubectl aply -f -
npm run demos
kubectl apply -f crds/generate/crds.yaml -f crds/generated
kpt fn rendr builders
output of something else
render-buildkit build [PATH... | -]     # fine
\`\`\`

\`\`\`sh
kubctl apply
\`\`\`

\`\`\`yml
a: b
\`\`\`

    npm run gone
`
