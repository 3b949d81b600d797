import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { REFUSED, type Scenario } from '../stage.ts'

const LISTS = [
  'shop=linux/amd64 shop-arm64=linux/arm64',
  'shop=linux/amd64,shop-arm64=linux/arm64',
  '\nshop=linux/amd64\nshop-arm64=linux/arm64\n',
]

export const connecting: Readonly<Record<string, Scenario>> = {
  'one Buildkit becomes a builder, which is not bootstrapped': async (stage) => {
    const job = await stage.job()
    const { code, stderr } = await job.connect({ BUILDKITS: 'shop' })
    assert.deepEqual({ code, stderr }, { code: 0, stderr: 'builder "buildkit": tcp://10.0.0.9:1234\n' })
    assert.deepEqual(await job.calls(), [
      'buildx inspect --timeout 1s buildkit',
      'buildx create --name buildkit --driver remote tcp://10.0.0.9:1234',
      'buildx inspect --timeout 10s buildkit',
    ])
  },

  ...Object.fromEntries(
    LISTS.map((BUILDKITS): [string, Scenario] => [
      `two Buildkits become one builder, each for its platform: ${JSON.stringify(BUILDKITS)}`,
      async (stage) => {
        const job = await stage.job()
        const { code, stderr } = await job.connect({ BUILDKITS, BUILDER: 'both' })
        assert.equal(code, 0, stderr)
        assert.deepEqual((await job.calls()).slice(1, 3), [
          'buildx create --name both --driver remote --platform linux/amd64 tcp://10.0.0.9:1234',
          'buildx create --name both --driver remote --append --platform linux/arm64 tcp://[fd00::9]:1234',
        ])
      },
    ]),
  ),

  'who may view connects to builders without TLS, and reads no Secret': async (stage) => {
    const job = await stage.job([], 'viewer')
    const plain = await job.connect({ BUILDKITS: 'shop' })
    assert.equal(plain.code, 0, plain.stderr)
    const secure = await job.connect({ BUILDKITS: 'secure', TLS_SECRET: 'ci-client' })
    assert.match(secure.stderr, /got "ci-client": Error from server \(Forbidden\)/)
  },

  'a builder of an earlier run is replaced': async (stage) => {
    const job = await stage.job()
    await job.connect({ BUILDKITS: 'shop-arm64' })
    const { code, stderr } = await job.connect({ BUILDKITS: 'shop' })
    assert.equal(code, 0, stderr)
    assert.equal(await readFile(join(job.folder, 'nodes'), 'utf8'), 'tcp://10.0.0.9:1234\n')
  },

  'a builder of another driver is left as it is': async (stage) => {
    const job = await stage.job()
    await writeFile(join(job.folder, 'nodes'), 'unix:///var/run/docker.sock\n')
    await writeFile(join(job.folder, 'driver'), 'docker-container')
    const { code, stderr } = await job.connect({ BUILDKITS: 'shop' })
    assert.equal(code, 1)
    assert.equal(stderr, 'error: BUILDER must not be the name of a builder of another driver, got "buildkit"\n')
    assert.deepEqual(await job.calls(), ['buildx inspect --timeout 1s buildkit'])
  },

  'waits until a Buildkit has an endpoint, and says why it has none': async (stage) => {
    const job = await stage.job()
    await stage.report('late', {})
    const running = job.connect({ BUILDKITS: 'shop late' })
    await setTimeout(2500)
    await stage.report('late', { endpoint: 'tcp://10.0.0.7:1234' })
    const { code, stderr } = await running
    assert.equal(code, 0, stderr)
    assert.equal(
      stderr,
      'waiting for:\n  late: has no status yet; is the controller running?\nbuilder "buildkit": tcp://10.0.0.9:1234 tcp://10.0.0.7:1234\n',
    )
  },

  'reads the endpoints again while a builder cannot be reached': async (stage) => {
    await stage.report('moving', { endpoint: 'tcp://10.0.0.1:1234' })
    const job = await stage.job([REFUSED, REFUSED, 'ERROR: Unavailable: error reading server preface: EOF'])
    const running = job.connect({ BUILDKITS: 'moving' })
    await setTimeout(1000)
    await stage.report('moving', { endpoint: 'tcp://10.0.0.2:1234' })
    const { code, stderr } = await running
    assert.equal(code, 0, stderr)
    assert.match(stderr, /^cannot connect, reading the endpoints again: .*connection refused/)
    assert.equal(await readFile(join(job.folder, 'nodes'), 'utf8'), 'tcp://10.0.0.2:1234\n')
  },
}
