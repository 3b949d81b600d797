import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'

test('what is no name in a cluster gets into no command, and is told', async () => {
  const names = ['--all', 'a b', '$(id)', 'UPPER', 'x;y', "a'b"]
  const refs = names.map((name) => `{group: "", version: v1, kind: Pod, name: ${JSON.stringify(name)}, namespace: ci}`)
  const noted = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop, namespace: ci}
spec: {template: small}
status: {resourceRefs: [${refs.join(', ')}]}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: small, namespace: ci}
spec: {}
`
  const { stderr, exitCode } = await runCommand(['migrate'], () => Promise.resolve(Buffer.from(noted)))
  assert.equal(exitCode, 0)
  assert.deepEqual(
    stderr.filter((line) => /kubectl (?:label|annotate|delete)/.test(line)),
    [],
  )
  assert.deepEqual(
    stderr.filter((line) => line.includes('DNS names')),
    names.map(
      (name) =>
        `warning: must be DNS names, got Pod ${JSON.stringify(name)} of Buildkit "shop", which is left out of the commands`,
    ),
  )
})

test('a Pod in another namespace than its Buildkit gets into no command', async () => {
  const manifests = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop, namespace: ci}
spec: {template: small}
status: {resourceRefs: [{group: "", version: v1, kind: Pod, name: dns, namespace: kube-system}]}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: small, namespace: ci}
spec: {}
`
  const { stderr, exitCode } = await runCommand(['migrate'], () => Promise.resolve(Buffer.from(manifests)))
  assert.equal(exitCode, 0)
  assert.deepEqual(
    stderr.filter((line) => line.includes('dns')),
    [],
  )
})
