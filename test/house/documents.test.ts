import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { inRepository, repositoryFiles } from './repository-files.ts'

const documents = repositoryFiles('**/*.md')

for (const [pattern, linesMax] of [
  ['AGENTS.md', 140],
  ['CONTRIBUTING.md', 60],
  ['docs/decisions/*.md', 40],
] as const) {
  test(`what stands in ${pattern} is at most ${linesMax} lines long`, () => {
    for (const [path, text] of repositoryFiles(pattern)) {
      assert.ok(text.split('\n').length - 1 <= linesMax, `${path} is longer`)
    }
  })
}

test('every npm script that a document names exists', () => {
  const scripts = new Set(['ci', 'install', 'link', ...Object.keys(packageJson.scripts)])
  const missing = findAll(/(?:^|`|&& )npm (?:run )?([a-z][\w:-]*)/gm).filter(({ found }) => !scripts.has(found))
  assert.deepEqual(missing, [])
})

test('every relative link of a document leads to a file', () => {
  const links = findAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)
  assert.deepEqual(
    links.filter(({ path, found }) => !inRepository(join(dirname(path), found))),
    [],
  )
})

test('every link to a part of a document leads to a heading', () => {
  const links = findAll(/\]\((?![a-z]+:)([^)\s]*#[^)\s]+)/g)
  const lost = links.filter(({ path, found }) => {
    const [file = '', part = ''] = found.split('#', 2)
    const target = file === '' ? path : join(dirname(path), file)
    const text = documents.get(target)
    return text !== undefined && !headingsIn(text).includes(part)
  })
  assert.deepEqual(lost, [])
})

test('every path of this repository that AGENTS.md names exists', () => {
  const paths = findAll(/(?<![\w/.-])((?:fn|crds|charts|config|test|bench|docs|examples|\.ci)\/[\w./-]*\w)/g)
  assert.deepEqual(
    paths.filter(({ path, found }) => path === 'AGENTS.md' && !inRepository(found)),
    [],
  )
})

test('decisions are numbered without gaps and have context, decision and cost', () => {
  const decisions = [...repositoryFiles('docs/decisions/*')]
  assert.deepEqual(
    decisions.map(([path, text]) => [
      path.slice(0, 19),
      text.split(' ', 2).join(' '),
      text.match(/^## (?:Context|Decision|Cost)$/gm),
    ]),
    decisions.map((_, at) => [
      `docs/decisions/${String(at + 1).padStart(4, '0')}`,
      `# ${at + 1}.`,
      ['## Context', '## Decision', '## Cost'],
    ]),
  )
})

/** The parts of a document that links can name, as GitHub names them. */
function headingsIn(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

function findAll(pattern: RegExp): { path: string; found: string }[] {
  return [...documents].flatMap(([path, text]) =>
    [...text.matchAll(pattern)].map((match) => ({ path, found: String(match[1]) })),
  )
}
