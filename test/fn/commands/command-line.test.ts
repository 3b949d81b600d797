import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCommandLine } from '../../../fn/commands/command-line.ts'
import { usage } from '../../../fn/commands/options.ts'

const mistakes: Readonly<Record<string, readonly [args: readonly string[], message: string]>> = {
  'a configuration without a command': [
    ['--config', 'a.yaml'],
    '`--config` must come with `build`, `check`, `diff`, `fix` or `tree`',
  ],
  "an Argo CD Application's configuration without a command": [
    ['--argocd-plugin'],
    '`--argocd-plugin` must come with `build` or `check`',
  ],
  'an unknown option': [['check', '--confg', 'a.yaml'], '--confg is not an option; did you mean --config?'],
  'several mistakes in options': [
    ['fix', '--dry-run=perhaps', '--config'],
    '--config must have a value: configure the command with this RenderBuildkit or ConfigMap, not with the one beside the manifests; ' +
      '--dry-run must be true or false, got "perhaps"',
  ],
  'a misspelled command': [
    ['bulid'],
    'must be `build`, `check`, `find`, `fix`, `migrate`, `diff`, `tree` or `explain`, got "bulid"; did you mean `build`?',
  ],
  'an option without its value': [
    ['migrate', '--into'],
    "--into must have a value: write one new file for each object to this folder; standard output then has the kubectl commands that hand the operator's Pods over to buildkit-controller",
  ],
  'two configurations': [
    ['build', '--argocd-plugin', '--config', 'a.yaml'],
    'must be `--config` or `--argocd-plugin`, got both',
  ],
}

for (const [name, [args, message]] of Object.entries(mistakes)) {
  test(`the command line must not have ${name}`, () => {
    assert.deepEqual(parseCommandLine(args), {
      kind: 'usage error',
      message: `${message}; see render-buildkit --help`,
    })
  })
}

test('what follows -- is a path, whatever it begins with', () => {
  assert.deepEqual(parseCommandLine(['build', '--', '-odd.yaml', '--config']), {
    kind: 'build',
    paths: ['-odd.yaml', '--config'],
    configFile: undefined,
  })
})

test('a command without a path reads what the help says', () => {
  const pathsOf = (...args: readonly string[]) => {
    const command = parseCommandLine(args)
    return 'paths' in command ? command.paths : undefined
  }
  for (const kind of ['build', 'check', 'find', 'migrate']) assert.deepEqual(pathsOf(kind), ['-'], kind)
  for (const args of [['fix'], ['tree'], ['diff', '--base', 'main']]) assert.deepEqual(pathsOf(...args), ['.'], args[0])
  assert.match(
    usage().replaceAll('\n', ' '),
    / Without one, build, check, find and migrate read standard input, and fix, tree and diff --base this folder\. /,
  )
})
