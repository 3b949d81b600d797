import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listItem } from '../../fn/item.ts'
import { render } from '../../fn/render.ts'
import { DEFAULT_CONFIG } from '../../fn/render-config.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const TEMPLATE = `- apiVersion: ${apiVersion}
  kind: BuildkitTemplate
  metadata:
    name: small
  spec:
    lifecycle:
      restartPolicy: OnFailure
    resources:
      default:
        claims:
        - name: gpu
`

function buildkit(name: string): string {
  return `- apiVersion: ${apiVersion}\n  kind: Buildkit\n  metadata:\n    name: ${name}\n  spec:\n    template: small\n`
}

test('fields that will surprise are warnings about the template, once for all of its Buildkits', () => {
  const items = [TEMPLATE, buildkit('a'), buildkit('b')].map(listItem)
  const { results, edits } = render(items, DEFAULT_CONFIG, { dashColumn: 0 })
  const resourceRef = { apiVersion, kind: 'BuildkitTemplate', name: 'small' }
  assert.equal(edits.size, 2)
  assert.deepEqual(results, [
    {
      message: 'has no effect: a template cannot declare the `resourceClaims` of a Pod; remove it',
      severity: 'warning',
      resourceRef,
      field: { path: 'spec.resources.default.claims' },
    },
    {
      message:
        'must be "Always" where Argo CD applies the Pod, got "OnFailure"; Argo CD shows any other Pod as Progressing for as long as it runs',
      severity: 'warning',
      resourceRef,
      field: { path: 'spec.lifecycle.restartPolicy', currentValue: 'OnFailure', proposedValue: 'Always' },
    },
  ])
})
