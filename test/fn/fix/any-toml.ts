import { joined, type Pair, wrong } from './pair.ts'
import type { Pick } from './styled.ts'

const DEBUG = wrong('debug = true', 'log.level = "debug"')
const ENTITLEMENTS = [
  joined('insecure-entitlements = ["device", ', wrong("'network-host'", '"network.host"'), ']'),
  'insecure-entitlements = [ # é\n  "device",\n]',
]

const OCI: readonly (Pair | string)[] = [
  wrong('gckeepstorage = "40GB"', 'maxUsedSpace = "40GB"'),
  joined(wrong('maxParallelism', 'max-parallelism'), ' = 4'),
  wrong('networkMode = "Host"', 'networkMode = "host"'),
  wrong('gc = "true"', 'gc = true'),
  wrong('"snapshotter" = "overlay"', '"snapshotter" = "overlayfs"'),
  wrong('platforms = "linux/amd64"', 'platforms = ["linux/amd64"]'),
  'labels = {a = "é😀", "b" = \'it\'}',
]

const REGISTRY = joined('[registry.', wrong('"https://docker.io"', '"docker.io"'), ']')

/** A buildkitd.toml for a rootless builder with mistakes that have one correction each; the first line is none of them. */
export function anyToml(pick: Pick): Pair {
  const indent = () => pick('', '  ', '\t')
  const line = (one: Pair | string) => joined(indent(), one, pick('', ' # c', ' # é 😀 "x" = 1', '#'), '\n')
  const some = (lines: readonly (Pair | string)[]) => lines.filter(() => pick(true, false)).map(line)
  const pad = indent()
  const pool: Pair = { before: `${pad}"cniPoolSize" = 16 # c\n`, after: '', marks: [pad.length] }
  const oci = some(OCI)
  return joined(
    "# é 😀 it's\n",
    ...some([DEBUG, pick<Pair | string>(...ENTITLEMENTS)]),
    pick('', '\n'),
    '[worker.oci]\n',
    'enabled = true\n',
    ...oci,
    pick<Pair | string>('', pool),
    pick<Pair | string>('', joined(REGISTRY, '\n', line('mirrors = ["m.example.com"]'))),
  )
}
