import assert from 'node:assert/strict'
import { test } from 'node:test'
import { githubCommands } from '../../../fn/report/github-commands.ts'

test('for GitHub Actions what would end a command or a property is escaped', () => {
  const result = { message: '100 %\r\n::error::x', severity: 'info', file: { path: 'a:b,c%\n.yaml' } } as const
  assert.equal(
    githubCommands([{ result, position: { line: 1, column: 2 } }]),
    '::notice file=a%3Ab%2Cc%25%0A.yaml,line=1,col=2::100 %25%0D%0A::error::x\n',
  )
})
