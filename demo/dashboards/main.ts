/** Draws docs/pictures/dashboard-*.png from the dashboards and from what Prometheus answers about a few minutes of builds on a real node. */
import { join } from 'node:path'
import process from 'node:process'
import { needsNode } from '../../test/harness/node/needs-node.ts'
import { needs } from '../../test/harness/servers/binaries.ts'
import { collect } from './collect.ts'
import { draw } from './draw.ts'

const PICTURES = join(import.meta.dirname, '../../docs/pictures')

const reason = needsNode() || needs('prometheus', 'chromium')
if (reason) throw new Error(reason)
for (const one of await collect()) {
  const file = join(PICTURES, `dashboard-${one.name}.png`)
  await draw(one, file)
  process.stdout.write(`${file}\n`)
}
