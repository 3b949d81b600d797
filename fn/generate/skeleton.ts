import { pathOf, type RuleFile } from './rule-files.ts'

/** The files of a new rule, by their paths; their tests fail until it is filled in. */
export function skeleton(file: RuleFile): Readonly<Record<string, string>> {
  return {
    [`fn/rules/${pathOf(file)}.ts`]: RULE,
    [`test/fn/rules/${pathOf(file)}.test.ts`]: testOf(file),
  }
}

const RULE = `import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'FILL IN: the fact about the manifest, in one sentence.',
    why: 'FILL IN: what happens on the node or in the cluster, then what to set.',
    source: 'FILL IN: the upstream file with its version',
    example: {
      wrong: templateOf({ lifecycle: { restartPolicy: 'Never' } }),
      right: templateOf({ lifecycle: { restartPolicy: 'Always' } }),
    },
  }),
  of: 'template',
  find: ({ spec: { lifecycle } }) => {
    const { restartPolicy } = lifecycle
    if (restartPolicy !== 'Never') return []
    const message = \`FILL IN: must be "Always", got "\${restartPolicy}"; what to do\`
    return [{ path: ['spec', 'lifecycle', 'restartPolicy'], message, currentValue: restartPolicy }]
  },
}
`

function testOf({ id }: RuleFile): string {
  return `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === '${id}' ? [message] : []))

test('FILL IN: a sentence about the product', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\\nspec:\\n  lifecycle:\\n    restartPolicy: Never\\n'), [
    'FILL IN: the message that ${id} must have here',
  ])
})
`
}
