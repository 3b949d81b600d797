import type { Mode } from '../../fn/rules/facts/facts.ts'
import type { Situation } from '../../fn/rules/facts/situation.ts'

export const MODES: readonly Mode[] = ['privileged', 'rootless', 'user namespace', 'rootless in a user namespace']

/** A table of docs/modes.md: what differs from an ordinary template, row by row. */
export interface ModeSection {
  readonly title: string
  readonly head: string
  readonly rows: readonly { readonly label: string; readonly differs: Partial<Situation> }[]
}

/** A template that says nothing but its mode. */
export function ordinary(mode: Mode): Situation {
  return {
    mode,
    image: mode.startsWith('rootless') ? 'rootless tag' : 'rootful tag',
    command: 'none',
    version: 'since v0.28',
    kubernetes: 'unknown',
    tls: 'none',
    port: 'from 1024',
    network: 'auto',
    cniSettings: 'none',
    proxy: 'none',
    snapshotter: 'auto',
    processSandbox: 'left out',
    ociRootless: 'left out',
  }
}

const IMAGES = ['rootful tag', 'rootless tag', 'digest only', 'other repository'] as const
const COMMANDS = ['none', 'buildkitd-entrypoint', 'buildkitd', 'rootlesskit', 'another'] as const

/** A tag tells the release, if it is one of BuildKit's. */
const versionOf = (image: Situation['image']): Situation['version'] =>
  image.endsWith(' tag') ? 'since v0.28' : 'unknown'

const imagesAndCommands = IMAGES.flatMap((image) => {
  return COMMANDS.map((command) => ({
    label: command === 'none' ? image : `${image}, command ${command}`,
    differs: { image, command, version: versionOf(image) },
  }))
})

const values = <Key extends keyof Situation>(key: Key, all: readonly Situation[Key][]) => {
  return all.map((value) => ({ label: String(value), differs: { [key]: value } }))
}

const withCni = { cniSettings: 'with CNI of the image', image: 'other repository', version: 'unknown' } as const
const networks: ModeSection['rows'] = [
  ...values('network', ['auto', 'host', 'bridge']),
  { label: 'auto, cniPoolSize', differs: { network: 'auto', cniSettings: 'without CNI' } },
  { label: 'host, cniPoolSize', differs: { network: 'host', cniSettings: 'without CNI' } },
  { label: 'bridge, cniPoolSize', differs: { network: 'bridge', cniSettings: 'without CNI' } },
  { label: 'auto, cniConfigPath in an image of yours', differs: { network: 'auto', ...withCni } },
  { label: 'host, cniConfigPath in an image of yours', differs: { network: 'host', ...withCni } },
  { label: 'cni, an image of yours', differs: { network: 'cni', image: 'other repository', version: 'unknown' } },
  { label: 'cni, command buildkitd', differs: { network: 'cni', command: 'buildkitd' } },
  { label: 'cni, cniConfigPath in an image of yours', differs: { network: 'cni of the image', ...withCni } },
  { label: 'proxyNetwork = true', differs: { proxy: 'proxyNetwork = true' } },
  {
    label: 'bridge, command rootlesskit, an image of yours',
    differs: { network: 'bridge', command: 'rootlesskit', image: 'other repository', version: 'unknown' },
  },
]

const snapshotters: ModeSection['rows'] = [
  ...values('snapshotter', ['auto', 'overlayfs', 'native', 'fuse-overlayfs', 'stargz']),
  {
    label: 'fuse-overlayfs, an image of yours',
    differs: { snapshotter: 'fuse-overlayfs', image: 'other repository', version: 'unknown' },
  },
]

/** Everything that decides whether a mode works. */
export const MODE_SECTIONS: readonly ModeSection[] = [
  { title: 'Image and command', head: '`image`, `command`', rows: imagesAndCommands },
  {
    title: 'Version of BuildKit',
    head: "the image's tag",
    rows: [
      ...values('version', ['unknown', 'before v0.13', 'before v0.28', 'since v0.28']),
      {
        label: 'before v0.13, spec.tls',
        differs: { version: 'before v0.13', tls: 'spec.tls' },
      },
      {
        label: 'before v0.28, command buildkitd-entrypoint',
        differs: { version: 'before v0.28', command: 'buildkitd-entrypoint' },
      },
    ],
  },
  {
    title: 'Version of Kubernetes',
    head: '`kubernetesVersion`',
    rows: values('kubernetes', ['unknown', 'before 1.30', 'before 1.33', 'since 1.33']),
  },
  {
    title: 'TLS',
    head: '`tls`, `buildkitdToml`',
    rows: [
      ...values('tls', ['none', 'spec.tls', '[grpc.tls]']),
      {
        label: '[grpc.tls], an image of yours',
        differs: { tls: '[grpc.tls]', image: 'other repository', version: 'unknown' },
      },
      { label: '[grpc.tls], command another', differs: { tls: '[grpc.tls]', command: 'another' } },
    ],
  },
  { title: 'Port', head: '`port`', rows: values('port', ['below 1024', 'from 1024']) },
  { title: 'Network of build steps', head: '`networkMode`', rows: networks },
  { title: 'Snapshotter', head: '`snapshotter`', rows: snapshotters },
  {
    title: 'The mode in buildkitdToml',
    head: '`[worker.oci]`',
    rows: [
      ...values('processSandbox', ['noProcessSandbox = true']),
      ...values('ociRootless', ['rootless = true']),
      {
        label: 'noProcessSandbox = true, rootless = true',
        differs: { processSandbox: 'noProcessSandbox = true', ociRootless: 'rootless = true' },
      },
    ],
  },
]
