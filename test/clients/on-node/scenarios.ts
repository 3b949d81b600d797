import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { writeIdentities } from '../../harness/node/client-certificates.ts'
import { createAuthority } from '../../harness/servers/certificates.ts'
import type { Outcome } from '../../harness/servers/run-program.ts'
import { type NodeStage, succeeded } from './stage.ts'

type NodeScenario = (stage: NodeStage, t: TestContext) => Promise<void>

interface Refusal {
  readonly folder: string
  readonly reason: RegExp
}

function connect({ desk }: NodeStage, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const all = { BUILDKITS: 'shop-amd64', NAMESPACE: 'builders', TIMEOUT: '120', ...env }
  return desk.bash(['config/clients/connect.sh'], all)
}

/** Folders with what a client of these builders must not have, each with what it is refused for. */
async function refusals({ cluster: { node }, desk }: NodeStage): Promise<Readonly<Record<string, Refusal>>> {
  const { right, foreign, expired } = await writeIdentities(node, 'amd64-tls')
  const [bare, other] = ['bare', 'other'].map((name) => join(desk.folder, name))
  for (const folder of [bare, other]) await mkdir(`${folder}`)
  const ca = await node.run('cat', [right.cacert])
  await writeFile(join(`${bare}`, 'ca.crt'), ca.stdout)
  await writeFile(join(`${other}`, 'ca.crt'), (await createAuthority()).ca)
  return {
    'no certificate': { folder: `${bare}`, reason: /certificate required/ },
    'another CA': { folder: `${other}`, reason: /x509: certificate signed by unknown authority/ },
    // A client sends no certificate but one of a CA that the builder names.
    'a certificate of another CA': { folder: dirname(foreign.cert), reason: /certificate required/ },
    'an expired certificate': { folder: dirname(expired.cert), reason: /tls: (bad|expired) certificate/ },
  }
}

export const scenarios: Readonly<Record<string, NodeScenario>> = {
  'the script fails on a certificate that a builder or buildx refuses, and says what to check': async (stage, t) => {
    const clients = Object.entries(await refusals(stage))
    await Promise.all(
      clients.map(async ([who, { folder, reason }], i) => {
        const start = performance.now()
        const { code, stderr } = await connect(stage, { TLS_FOLDER: folder, BUILDER: `refused${i}` })
        t.diagnostic(`${who}: after ${((performance.now() - start) / 1000).toFixed(1)} s, ${stderr.trimEnd()}`)
        assert.equal(code, 1)
        assert.match(stderr, reason)
        assert.match(stderr, /; check that ca\.crt is the CA of the builders, /)
      }),
    )
    const build = await stage.desk.bash(['-euc', 'docker buildx build --builder refused0 --progress plain .'])
    assert.match(build.stderr, /^ERROR: failed to build: context deadline exceeded$/m)
    assert.doesNotMatch(build.stderr, /certificate/)
  },

  'buildx does what docs/connect.md says of it': async ({ desk, cluster }, t) => {
    const dead = ['--name=dead', '--driver=remote', 'tcp://127.0.0.1:9']
    succeeded(await desk.bash(['-euc', 'exec docker buildx create "$@"', 'bash', ...dead]))
    assert.match(succeeded(await desk.bash(['-euc', 'docker buildx inspect dead'])), /^Status: +inactive$/m)
    const usage = await desk.bash(['-euc', 'docker buildx du --builder dead'])
    assert.deepEqual([usage.code, usage.stderr.includes('connection refused')], [1, true])
    const start = performance.now()
    const [build, bootstrap] = await Promise.all(
      ['docker buildx build --builder dead --progress plain .', 'docker buildx inspect --bootstrap dead'].map((line) =>
        desk.bash(['-euc', line]),
      ),
    )
    const seconds = (performance.now() - start) / 1000
    t.diagnostic(`both gave up after ${seconds.toFixed(1)} s`)
    assert.ok(seconds > 19, `took ${seconds} s`)
    assert.deepEqual([build?.code, bootstrap?.code], [1, 1])
    assert.match(`${build?.stderr}`, /^ > \[internal\] waiting for connection:$/m)
    assert.match(`${build?.stderr}`, /^ERROR: failed to build: context deadline exceeded$/m)
    const pods = await cluster.pods('shop-amd64')
    succeeded(await desk.bash(['-euc', 'docker buildx stop laptop; docker buildx rm laptop']))
    assert.deepEqual(await cluster.pods('shop-amd64'), pods)
  },

  'the script waits for a Pod that is created again, and then builds on it': async (stage, t) => {
    const { cluster, desk } = stage
    const [pod = ''] = await cluster.pods('shop-arm64')
    await cluster.node.kubectl(['delete', 'pod', pod, '--namespace=builders'])
    const start = performance.now()
    const connecting = connect(stage, { BUILDKITS: 'shop-amd64 shop-arm64', TLS_SECRET: 'ci-client', BUILDER: 'again' })
    await cluster.apply(stage.package)
    t.diagnostic(`${succeeded(await connecting).trimEnd()} after ${((performance.now() - start) / 1000).toFixed(1)} s`)
    succeeded(await desk.bash(['-euc', 'docker buildx build --builder again .']))
  },
}
