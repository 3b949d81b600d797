import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { completions } from '../../../docs/playground/editor/completions.ts'

const TEMPLATE = `kind: BuildkitTemplate
metadata:
  name: small
spec:
`

/** What is offered where the text has a `|`. */
function offered(marked: string): readonly string[] {
  const pos = marked.lastIndexOf('|')
  const state = EditorState.create({ doc: marked.slice(0, pos) + marked.slice(pos + 1) })
  const result = completions(new CompletionContext(state, pos, true))
  const typed = state.sliceDoc(result?.from, pos)
  return (result?.options ?? []).map(({ label }) => label).filter((label) => label.startsWith(typed))
}

const cases: Readonly<Record<string, readonly [marked: string, labels: readonly string[]]>> = {
  kinds: ['kind: |', ['Buildkit', 'BuildkitTemplate']],
  'the fields of an object': ['kind: Buildkit\n|', ['apiVersion', 'kind', 'metadata', 'spec', 'status']],
  'a field by its beginning': [`${TEMPLATE}  roo|`, ['rootless']],
  'fields inside of fields': [`${TEMPLATE}  cache:\n    |`, ['emptyDir', 'ephemeral', 'claim', 'hostPath']],
  'fields after others at their side': [
    `${TEMPLATE}  rootless: true\n  tls:\n    secretName: a\n    cl|`,
    ['clientAuth'],
  ],
  'fields of the items of a list': [
    `${TEMPLATE}  scheduling:\n    tolerations:\n    - key: a\n      op|`,
    ['operator'],
  ],
  'fields in the first line of an item': [`${TEMPLATE}  scheduling:\n    tolerations:\n      - op|`, ['operator']],
  'values of a field': [`${TEMPLATE}  lifecycle:\n    handover: |`, ['Overlap', 'Recreate']],
  'true and false': [`${TEMPLATE}  rootless: t|`, ['true']],
  'the templates that there are': [`${TEMPLATE}  rootless: true\n---\nkind: Buildkit\nspec:\n  template: |`, ['small']],
  'fields of the document, not of the one before': [
    'kind: Buildkit\n---\nkind: BuildkitTemplate\nspec:\n  por|',
    ['port'],
  ],
  'the kind below the cursor': ['spec:\n  por|\nkind: BuildkitTemplate\n', ['port']],
}

for (const [name, [marked, labels]] of Object.entries(cases)) {
  test(`the editor offers ${name}`, () => assert.deepEqual(offered(marked), labels))
}

test('the editor offers nothing in buildkitd.toml, and nothing for another kind', () => {
  assert.deepEqual(offered(`${TEMPLATE}  buildkitdToml: |\n    [worker.oci]\n    por|`), [])
  assert.deepEqual(offered('kind: Secret\nspec:\n  por|'), [])
})
