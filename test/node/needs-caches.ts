import process from 'node:process'
import { needsNode } from '../harness/node/needs-node.ts'

/** Why the tests of caches do not run: with the other suites beside them they take too long, so that they run when they are asked for. */
export function needsCaches(): string | false {
  return process.env.CACHES
    ? needsNode()
    : 'set CACHES=1 and run test/node/cache-*.test.ts alone: they take ten minutes'
}
