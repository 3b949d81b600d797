import { stringify } from 'yaml'
import type { Situation } from '../../../../fn/rules/facts/situation.ts'

const RELEASES = { unknown: '', 'before v0.13': 'v0.12.5', 'before v0.28': 'v0.27.1', 'since v0.28': 'v0.34.2' }
const COMMANDS = {
  none: undefined,
  'buildkitd-entrypoint': ['/usr/bin/buildkitd-entrypoint'],
  buildkitd: ['sh', '-c', 'exec buildkitd "$@"', '--'],
  rootlesskit: ['rootlesskit', 'buildkitd'],
  another: ['/start.sh'],
}
const TLS = {
  none: '',
  'spec.tls': '',
  '[grpc.tls]': '\n[grpc.tls]\ncert = "/certs/tls.crt"\nkey = "/certs/tls.key"\nca = "/certs/ca.crt"\n',
}
const PROXY = { none: '', 'proxyNetwork = true': 'proxyNetwork = true\n' }
const KUBERNETES = { unknown: undefined, 'before 1.30': 29, 'before 1.33': 32, 'since 1.33': 33 }

/** A template in a situation. */
export function manifestOf(situation: Situation): string {
  const spec = {
    rootless: situation.mode.startsWith('rootless'),
    hostUsers: !situation.mode.endsWith('user namespace'),
    image: imageIn(situation),
    port: situation.port === 'below 1024' ? 80 : 1024,
    tls: situation.tls === 'spec.tls' ? { secretName: 'buildkit-tls' } : undefined,
    command: COMMANDS[situation.command],
    buildkitdToml: `${PROXY[situation.proxy]}${oci(situation)}${TLS[situation.tls]}` || undefined,
  }
  return stringify({ kind: 'BuildkitTemplate', spec: JSON.parse(JSON.stringify(spec)) })
}

/** The configuration that says what of a situation no manifest can. */
export function configFor({ kubernetes }: Situation) {
  const minor = KUBERNETES[kubernetes]
  return minor === undefined ? {} : { kubernetesVersion: { major: 1, minor } }
}

function imageIn({ image, version }: Situation): string {
  const release = RELEASES[version]
  switch (image) {
    case 'digest only':
      return `moby/buildkit@sha256:${'0'.repeat(64)}`
    case 'other repository':
      return 'registry.example.com/builder:v1.0.0'
    case 'rootful tag':
      return release ? `moby/buildkit:${release}` : 'moby/buildkit'
    case 'rootless tag':
      return `mirror.example.com:5000/moby/buildkit:${release ? `${release}-` : ''}rootless`
  }
}

function oci({ network, cniSettings, snapshotter, processSandbox, ociRootless }: Situation): string {
  const names = { another: 'snapshotter = "zfs"', auto: '' }
  const settings = {
    none: '',
    'without CNI': 'cniPoolSize = 16',
    'with CNI of the image': 'cniConfigPath = "/cni.json"',
  }
  const modes = { auto: '', another: 'networkMode = "none"', 'cni of the image': 'networkMode = "cni"' }
  const lines = [
    network in modes ? modes[network as keyof typeof modes] : `networkMode = "${network}"`,
    settings[cniSettings],
    snapshotter in names ? names[snapshotter as keyof typeof names] : `snapshotter = "${snapshotter}"`,
    processSandbox === 'left out' ? '' : processSandbox,
    ociRootless === 'left out' ? '' : ociRootless,
  ].filter(Boolean)
  return lines.length === 0 ? '' : ['[worker.oci]', ...lines].join('\n')
}
