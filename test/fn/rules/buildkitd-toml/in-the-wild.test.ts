import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { stringify } from 'yaml'
import { needs } from '../../../harness/servers/binaries.ts'
import { whatBuildkitSays } from '../../toml/what-buildkit-says.ts'
import { resultsOf } from '../rules-broken.ts'
import { saidOf } from './said-of.ts'

/** What is said of configurations that others have published; each file names its source. */
const PUBLISHED = {
  'moby-buildkit': [
    'error BK102 132:3 `cache.gha.sign.command` must be a list of strings, got "" → []',
    'error BK114 79:3 `worker.containerd.enabled` must be false, got true; the Pod has no containerd; use `worker.oci` → false',
    'warning BK116 18:3 `grpc.address` has no effect, because `--addr` overrides it; remove it, and set `spec.port`',
    'warning BK123 111:7 `registry."docker.io".ca[0]` must be a file in the Pod, got "/etc/config/myca.pem"; mount it with `podSpecPatch`, or use an image that contains it',
    'warning BK123 113:5 `registry."docker.io".keypair[0].key` must be a file in the Pod, got "/etc/config/key.pem"; mount it with `podSpecPatch`, or use an image that contains it',
    'warning BK123 114:5 `registry."docker.io".keypair[0].cert` must be a file in the Pod, got "/etc/config/cert.pem"; mount it with `podSpecPatch`, or use an image that contains it',
    'warning BK128 108:39 `registry."docker.io".mirrors[1]` needs its own table: `http`, `insecure`, `ca` and `keypair` here apply only to "docker.io"; move them to `[registry."core.harbor.domain"]`',
    'info BK131 13:3 `dns.nameservers` names only public servers; leave it out if build steps use Services of the cluster',
  ],
  'gitpod-workspace-images': [
    'warning BK107 10:3 `worker.oci.gckeepstorage` is deprecated; write `maxUsedSpace = 40000` → maxUsedSpace = 40000',
    'warning BK117 2:1 `root` must be in "/var/lib/buildkit", the volume of the Pod, got "/workspace/buildkit"; remove it → /var/lib/buildkit',
  ],
  influxdb: [
    'error BK114 14:3 `worker.containerd.enabled` must be false, got true; the Pod has no containerd; use `worker.oci` → false',
    'warning BK105 4:3 `worker.oci.numCPU` is not a key of BuildKit v0.34.2, which ignores it; remove it',
    'warning BK105 5:3 `worker.oci.maxParallelism` is not a key of BuildKit v0.34.2, which ignores it; did you mean `worker.oci.max-parallelism`?',
    'warning BK105 17:3 `grpc.maxRecvMsgSize` is not a key of BuildKit v0.34.2, which ignores it; the known keys are `address`, `debugAddress`, `uid`, `gid`, `securityDescriptor`, `tls`',
    'warning BK105 18:3 `grpc.maxSendMsgSize` is not a key of BuildKit v0.34.2, which ignores it; the known keys are `address`, `debugAddress`, `uid`, `gid`, `securityDescriptor`, `tls`',
    'warning BK107 10:5 `worker.oci.gcpolicy[0].keepBytes` is deprecated; write `maxUsedSpace = 23622320128` → maxUsedSpace = 23622320128',
  ],
}

const read = (name: string) => readFileSync(join(import.meta.dirname, `../testdata/${name}.toml`), 'utf8')

for (const [name, said] of Object.entries(PUBLISHED))
  test(`what is said of ${name}`, () => assert.deepEqual(saidOf(read(name)), said))

test('the 40,000 MB of gitpod-workspace-images are bytes since v0.12', () => {
  const spec = { buildkitdToml: read('gitpod-workspace-images') }
  const [result] = resultsOf(stringify({ kind: 'BuildkitTemplate', spec })).filter(({ tags }) => tags?.rule === 'BK216')
  assert.match(
    result?.message ?? '',
    /`gckeepstorage` must be large enough for images, got 39 KiB; .* did you mean "40000MB"\?/,
  )
})

suite('of published configurations', { skip: needs('buildkitd-config') }, () => {
  test('BuildKit ignores and refuses the same', async () => {
    assert.deepEqual(await whatBuildkitSays(Object.keys(PUBLISHED).map(read)), [
      {
        error:
          'failed to parse config: toml: cannot decode TOML string into struct field ghatypes.SignConfig.Command of type []string',
      },
      {},
      {
        ignored: [
          '4: worker.oci.numCPU',
          '5: worker.oci.maxParallelism',
          '17: grpc.maxRecvMsgSize',
          '18: grpc.maxSendMsgSize',
        ],
      },
    ])
  })
})
