import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import * as reasons from '../../controller/reasons.ts'

test('docs/status.md explains exactly the conditions and reasons that exist', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/status.md'), 'utf8')
  const explained = [...page.matchAll(/^### (.+)$/gm)].map(([, name]) => name)
  assert.deepEqual(explained.sort(), Object.values(reasons).sort())
})
