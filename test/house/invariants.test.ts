import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repositoryFiles } from './repository-files.ts'

const agents = String(repositoryFiles('AGENTS.md').get('AGENTS.md'))
const section = agents.slice(agents.indexOf('\n## Invariants\n')).split('\n## ')[1] ?? ''
const invariants = [...section.matchAll(/^- (.+)$/gm)].map((match) => String(match[1]))
const source = unwrapped(repositoryFiles('{fn,controller,crds}/**/*.ts'))
const tests = unwrapped(repositoryFiles('test/**/*.test.ts'))

test('AGENTS.md lists the invariants', () => {
  assert.notDeepEqual(invariants, [])
})

for (const invariant of invariants) {
  test(`“${invariant}” is stated in the source, and a test has its name`, () => {
    const escaped = invariant.replace(/[()]/g, '\\$&')
    assert.ok(new RegExp(`Invariant: [^\\n]*${escaped}`).test(source), 'no comment in the source says it')
    assert.ok(new RegExp(`test\\(\\s*['\`][^\\n]*${escaped}`).test(tests), 'no test has this name')
  })
}

/** All texts as one, comments that go over several lines in one. */
function unwrapped(files: ReadonlyMap<string, string>): string {
  return [...files.values()].join('\n').replace(/\n\s*(?:\*|\/\/) /g, ' ')
}
