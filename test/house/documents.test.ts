import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { inRepository, repositoryFiles } from './repository-files.ts'

const documents = repositoryFiles('**/*.md')

for (const [pattern, linesMax] of [
  ['README.md', 120],
  ['AGENTS.md', 140],
  ['CONTRIBUTING.md', 60],
  ['docs/decisions/*.md', 40],
] as const) {
  test(`each file of ${pattern} has at most ${linesMax} lines`, () => {
    for (const [path, text] of repositoryFiles(pattern)) {
      assert.ok(text.split('\n').length - 1 <= linesMax, `${path} is longer`)
    }
  })
}

test('every npm script that a document names exists', () => {
  const scripts = new Set(['audit', 'ci', 'install', 'link', ...Object.keys(packageJson.scripts)])
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

test('every anchor that a document links to is a heading', () => {
  const links = findAll(/\]\((?![a-z]+:)([^)#\s]*#[^)\s]+)/g).map(({ path, found }) => {
    const [file = '', anchor = ''] = found.split('#')
    return { path, found, anchor, target: documents.get(file === '' ? path : join(dirname(path), file)) }
  })
  const broken = links.filter(({ target, anchor }) => target !== undefined && !anchorsIn(target).includes(anchor))
  assert.deepEqual(
    broken.map(({ path, found }) => `${path}: ${found}`),
    [],
  )
})

test('docs/README.md leads to every page of docs, to chapters of rules through docs/rules.md', () => {
  const index = `${documents.get('docs/README.md')}${documents.get('docs/rules.md')}`
  const pages = [...repositoryFiles('docs/**/*.md').keys()].map((path) => path.slice('docs/'.length))
  // docs/rules.md leads to the chapters.
  const leads = (page: string) => page === 'README.md' || page.startsWith('rules/') || index.includes(`](${page}`)
  assert.deepEqual(
    pages.filter((page) => !leads(page)),
    [],
  )
})

const LAYOUTS = ['AGENTS.md', 'docs/architecture.md']

test('every path of this repository that AGENTS.md and docs/architecture.md name exists', () => {
  const paths = findAll(/(?<![\w/.-])((?:fn|controller|crds|charts|config|test|bench|docs|examples|\.ci)\/[\w./-]*\w)/g)
  assert.deepEqual(
    paths.filter(({ path, found }) => LAYOUTS.includes(path) && !inRepository(found)),
    [],
  )
})

test('every source file that a rule names exists', () => {
  const paths = findAll(/(?<![\w/.-])(fn\/[\w./-]*\.ts)/g).filter(({ path }) => path.startsWith('docs/rules/'))
  assert.ok(paths.length > 0)
  assert.deepEqual(
    paths.filter(({ found }) => !inRepository(found)),
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

/** The anchors that GitHub gives the headings of a document. */
function anchorsIn(text: string): readonly string[] {
  const headings = [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) => heading,
  )
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

function findAll(pattern: RegExp): { path: string; found: string }[] {
  return [...documents].flatMap(([path, text]) =>
    [...text.matchAll(pattern)].map((match) => ({ path, found: String(match[1]) })),
  )
}
