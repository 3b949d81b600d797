import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emit } from '../../../fn/yaml/emit.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { binary, needs } from '../../servers/binaries.ts'
import { runProgram } from '../../servers/run-program.ts'

const IDENTITY = 'apiVersion: example.com/v1\nkind: Example\nmetadata:\n  name: example\n'

/** Plain scalars on whose meaning YAML readers disagree. */
const AMBIGUOUS = [
  ...['y', 'n', 'Y', 'N', 'yes', 'No', 'on', 'OFF', 'true', 'False', 'yes please', '~', 'Null', 'nULL', '=', '_1'],
  ...[
    '0644',
    '0o17',
    '0x1F',
    '0b11',
    '-0b1',
    '1_000',
    '1__0',
    '0x_1F',
    '08',
    '+12',
    '00',
    '-0',
    '12345678901234567890',
  ],
  ...[
    '1.',
    '.5',
    '0.',
    '1e3',
    '1e+3',
    '1_0.5',
    '12:30',
    '190:20:30',
    '2020-01-02',
    '2020-01-02T03:04:05Z',
    '1.10',
    'e3',
  ],
  ...['v1', '1.2.3', '4711a', '/a', './a', '$(A)', '--addr', 'tcp://0.0.0.0:1234', 'a,b', 'a#b', "it's"],
]

async function readByKubectl(spec: string): Promise<unknown> {
  const args = ['label', '--local', '-f', '-', 'a=b', '-o', 'json']
  const { code, stdout, stderr } = await runProgram(binary('kubectl'), args, { input: `${IDENTITY}spec:\n${spec}` })
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout).spec
}

test('plain scalars are read as kubectl reads them', { skip: needs('kubectl') }, async () => {
  const spec = AMBIGUOUS.map((plain, at) => `  key${at}: ${plain}\n`).join('')
  assert.deepEqual(readYaml(spec), { value: await readByKubectl(spec) })
})

test('kubectl reads every string that we write as that string', { skip: needs('kubectl') }, async () => {
  const nasty = [
    '',
    ' a',
    'a ',
    '- a',
    '# a',
    'a: b',
    'a #b',
    '[',
    '{a}',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
  ]
  const lines = [
    'a\nb',
    'a\n',
    'a\n\n',
    '\na',
    ' a\nb',
    'a \nb',
    'a\tb\nc',
    '#a\nb',
    'a\r\nb',
    '\u2028a\nb',
    '😀\n',
    '---\n',
  ]
  const strings = [...AMBIGUOUS, ...nasty, ...lines, 'null', '"', "'", '\\', '\u0085', '\ufeff', '\u007f', 'é', '<<']
  const value = Object.fromEntries(strings.map((string, at) => [`key${at}`, string]))
  assert.deepEqual(await readByKubectl(emit(value, 2)), value)
})
