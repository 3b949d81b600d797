import assert from 'node:assert/strict'
import { test } from 'node:test'
import { githubCommands } from '../../../fn/report/github-commands.ts'
import { objectFinding } from '../../../fn/results/finding.ts'

test('for GitHub Actions what would end a command or a property is escaped', () => {
  const item = { text: '', origin: { path: 'a:b,c%\n.yaml', index: 0 } }
  const finding = objectFinding('info', item, '100 %\r\n::error::x')
  assert.equal(
    githubCommands([{ finding, position: { line: 1, column: 2 } }]),
    '::notice file=a%3Ab%2Cc%25%0A.yaml,line=1,col=2::100 %25%0D%0A::error::x\n',
  )
})
