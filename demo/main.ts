import process from 'node:process'
import { needsNode } from '../test/harness/node/needs-node.ts'
import { findBinary } from '../test/harness/servers/binaries.ts'
import { offer } from './offer.ts'
import { onApiServer } from './on-api-server.ts'
import { onRealNode } from './on-real-node.ts'

const SERVERS = ['etcd', 'kube-apiserver', 'kubectl'] as const

const missing = SERVERS.filter((name) => findBinary(name) === undefined)
if (missing.length > 0) {
  process.stdout.write(offer(missing))
  process.exit(1)
}
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
  process.stdout.write(`\nThe demo failed: ${(error as Error).message}\n`)
  process.exitCode = 1
}
