import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { READERS, snippets } from '../clients/on-node/readers.ts'
import { scenarios } from '../clients/on-node/scenarios.ts'
import { type NodeStage, startNodeStage } from '../clients/on-node/stage.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { needs } from '../harness/servers/binaries.ts'
import { needsOpenssl } from '../harness/servers/certificates.ts'

suite('clients of builders with TLS', { skip: needsNode() || needs('cert-manager') || needsOpenssl() }, () => {
  let stage: NodeStage
  before(async () => {
    stage = await startNodeStage()
  })
  after(() => stage?.cluster.stop())

  for (const { text, line, heading } of snippets)
    test(`the snippet in line ${line} of docs/connect.md works as it is written: ${heading}`, async () => {
      const reader = READERS[heading]
      assert.ok(reader, 'nothing runs it')
      await reader(stage, text)
    })

  suite('beside each other', { concurrency: true }, () => {
    for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
  })
})
