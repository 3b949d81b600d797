import assert from 'node:assert/strict'
import { REFUSED, type Scenario } from '../stage.ts'

type Mistake = readonly [env: Readonly<Record<string, string>>, message: RegExp]

const MISTAKES: Readonly<Record<string, Mistake>> = {
  'no names': [{ BUILDKITS: ' , ' }, /^BUILDKITS must have at least one name, got none$/],
  'what is no name': [{ BUILDKITS: 'shop Shop;ls' }, /^BUILDKITS must be names such as shop or .*, got "Shop;ls"$/],
  'another kind of replicas': [{ BUILDKITS: 'shop', REPLICAS: '3' }, /^REPLICAS must be one, by-key or all, got "3"$/],
  'a key for an endpoint that all clients share': [
    { BUILDKITS: 'shop', REPLICA_KEY: 'acme/shop' },
    /^REPLICAS must be by-key or all with REPLICA_KEY, got "one"$/,
  ],
  'no key outside of GitHub and GitLab': [
    { BUILDKITS: 'shop', REPLICAS: 'by-key', GITHUB_REPOSITORY: '', CI_PROJECT_PATH: '' },
    /^REPLICA_KEY must be what shares a cache, such as the name of a repository, got none$/,
  ],
  'what is no number': [{ BUILDKITS: 'shop', TIMEOUT: '5m' }, /^TIMEOUT must be a number of seconds, got "5m"$/],
  'a Secret and a folder': [{ BUILDKITS: 'shop', TLS_SECRET: 'a', TLS_FOLDER: 'b' }, /cannot be set together$/],
  'a builder with TLS and no certificate': [
    { BUILDKITS: 'secure' },
    /^Buildkit "secure" serves TLS: set TLS_SECRET or TLS_FOLDER to the certificate of a client, see docs\/connect\.md$/,
  ],
  'a Secret that it may not read': [
    { BUILDKITS: 'secure', TLS_SECRET: 'other' },
    /got "other": Error from server \(Forbidden\)/,
  ],
  'a folder that does not exist': [
    { BUILDKITS: 'secure', TLS_FOLDER: '/nowhere' },
    /TLS_FOLDER must be a folder, got "\/nowhere"$/,
  ],
  'a folder without CA': [
    { BUILDKITS: 'secure', TLS_FOLDER: '/' },
    /^\/ must have ca\.crt, by which buildx verifies builders$/,
  ],
  'a namespace where it may not read Buildkits': [
    { BUILDKITS: 'shop', NAMESPACE: 'ci' },
    /^Error from server \(Forbidden\): .*; grant `get` on buildkits, see docs\/connect\.md$/,
  ],
}

export const failing: Readonly<Record<string, Scenario>> = {
  'after the timeout fails with the reason of each Buildkit that has no endpoint': async (stage) => {
    const job = await stage.job()
    const { code, stderr } = await job.connect({ BUILDKITS: 'shop slow new gone', TIMEOUT: '1' })
    assert.equal(code, 1)
    assert.equal(
      stderr.slice(stderr.indexOf('error: ')),
      `error: each Buildkit must have an endpoint within 1 seconds, got none of:
  slow: ImagePullBackOff: Pod "slow-8bz7dkzltw": cannot pull its image
  new: has no status yet; is the controller running?
  gone: Error from server (NotFound): buildkits.buildkit.seatgeek.io "gone" not found
`,
    )
    assert.deepEqual(await job.calls(), [])
  },

  'fails with the last error if a builder cannot be reached until the timeout': async (stage) => {
    const job = await stage.job(Array(9).fill(REFUSED))
    const { code, stderr } = await job.connect({ BUILDKITS: 'shop', TIMEOUT: '3' })
    assert.equal(code, 1)
    assert.equal(
      stderr.trimEnd().split('\n').at(-1),
      `error: builder "buildkit" must answer within 3 seconds; last error: ${REFUSED}`,
    )
  },

  ...Object.fromEntries(
    Object.entries(MISTAKES).map(([name, [env, message]]): [string, Scenario] => [
      `fails at once on ${name}`,
      async (stage) => {
        const { code, stderr } = await (await stage.job()).connect(env)
        assert.equal(code, 1)
        assert.match(stderr.slice(stderr.indexOf('error: ') + 'error: '.length).trimEnd(), message)
      },
    ]),
  ),
}
