import process from 'node:process'
import { needsNode } from '../test/harness/node/needs-node.ts'
import { onApiServer } from './on-api-server.ts'
import { onRealNode } from './on-real-node.ts'

const reason = needsNode()
process.stdout.write(
  reason === false
    ? 'On a real node: kubelet, containerd and buildkitd, in a network namespace of its own.\n'
    : `On a real API server with a stand-in for the kubelet, and so without builds: a real node ${reason}.\n`,
)
try {
  await (reason === false ? onRealNode() : onApiServer())
  process.stdout.write('\nAll of it happened.\n')
} catch (error) {
  process.stdout.write(`\nThat did not happen: ${(error as Error).message}\n`)
  process.exitCode = 1
}
