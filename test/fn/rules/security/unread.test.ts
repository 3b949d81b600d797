import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from '../../../../fn/commands/build.ts'
import { DEFAULT_CONFIG } from '../../../../fn/config/render-config.ts'
import { documentItem, listItem } from '../../../../fn/input/item-of-text.ts'

const foreign = [
  'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ .Release.Namespace }}-a: b: c\n',
  'kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nmetadata: {name: *nowhere}\n',
  '# A Namespace with\n"kind" : Namespace\napiVersion:   v1\nmetadata: { name: "ci" , labels: {pod-security.kubernetes.io/enforce: baseline} } # so\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name:   odd\nspec: [1, 2]\n',
  'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata:\n  name: other\n',
]

test('Namespaces and NetworkPolicies leave as they came, and are no error where they cannot be read', () => {
  const items = foreign.map((text) => documentItem(text))
  const { stdout, exitCode } = build(items, DEFAULT_CONFIG)
  assert.deepEqual({ stdout: stdout.join(''), exitCode }, { stdout: foreign.join('---\n'), exitCode: 0 })
})

test('in a ResourceList too', () => {
  for (const text of foreign) {
    const item = `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`
    const { text: left, error } = listItem(item)
    assert.deepEqual({ left, error }, { left: item, error: undefined })
  }
})
