import type { Row } from './row.ts'

const PRIVILEGED = ['privileged'] as const
const USER_NAMESPACE = ['user namespace'] as const
const ROOTFUL = ['privileged', 'user namespace'] as const
const ROOTLESS = ['rootless', 'rootless in a user namespace'] as const
const OF_BUILDKIT = ['rootful tag', 'rootless tag', 'digest only'] as const

/** Commands that end in buildkitd, with the arguments of the Pod or not. */
const BUILDKITD = ['buildkitd-entrypoint', 'buildkitd', 'rootlesskit'] as const

/** Of the matrix: what lies in `buildkitdToml`, or in flags that say the same. */
export const ROWS_OF_TOML: readonly Row[] = [
  {
    rule: 'BK402',
    when: { image: OF_BUILDKIT, command: ['none', ...BUILDKITD], tls: ['[grpc.tls]'] },
    shows: 'buildkitd: open …: no such file or directory',
  },
  {
    rule: 'BK402',
    when: { image: ['other repository'], command: ['none', ...BUILDKITD], tls: ['[grpc.tls]'] },
    shows: 'Startup probe failed: timeout: failed to connect service; the container is started again and again',
  },
  {
    rule: 'BK309',
    when: { mode: ROOTLESS, command: ['none', 'buildkitd', 'buildkitd-entrypoint'], network: ['bridge'] },
    shows:
      'buildkitd: plugin type="buildkit-cni-bridge" failed (add): … could not add "buildkit0": operation not permitted',
  },
  {
    rule: 'BK310',
    when: { image: ['other repository'], network: ['cni'] },
    shows: 'buildkitd: stat …/cni.json: no such file or directory',
  },
  {
    rule: 'BK310',
    when: {
      image: OF_BUILDKIT,
      command: ['buildkitd-entrypoint', 'buildkitd', 'rootlesskit', 'another'],
      network: ['cni'],
    },
    shows: 'buildkitd: stat …/cni.json: no such file or directory',
  },
  {
    rule: 'BK311',
    when: { network: ['host'], cniSettings: ['without CNI', 'with CNI of the image'] },
    shows: "nothing: build steps share the Pod's network",
  },
  {
    rule: 'BK311',
    when: { network: ['auto'], cniSettings: ['without CNI'] },
    shows: "nothing: build steps share the Pod's network",
  },
  {
    rule: 'BK311',
    when: { mode: [...ROOTLESS, ...USER_NAMESPACE], network: ['auto'], cniSettings: ['with CNI of the image'] },
    shows: "nothing: build steps share the Pod's network",
  },
  {
    rule: 'BK318',
    when: { mode: ROOTLESS, command: ['none', 'buildkitd', 'buildkitd-entrypoint'], proxy: ['proxyNetwork = true'] },
    shows: 'each RUN ends with operation not permitted',
  },
  {
    rule: 'BK312',
    when: {
      mode: PRIVILEGED,
      processSandbox: ['noProcessSandbox = true'],
      ociRootless: ['left out', 'rootless = false'],
    },
    shows: "buildkitd: can't enable NoProcessSandbox without Rootless",
  },
  {
    rule: 'BK313',
    when: { mode: PRIVILEGED, ociRootless: ['rootless = true'] },
    shows: 'build steps have no /sys, and buildkitd is root on the node all the same',
  },
  {
    rule: 'BK314',
    when: { mode: ROOTLESS, snapshotter: ['fuse-overlayfs'] },
    shows: "builds end with fuse: device not found, try 'modprobe fuse' first",
  },
  {
    rule: 'BK314',
    when: { mode: ROOTLESS, snapshotter: ['stargz'] },
    shows: 'images are pulled whole, as with overlayfs',
  },
  {
    rule: 'BK314',
    when: { mode: ROOTFUL, image: ['rootful tag'], snapshotter: ['fuse-overlayfs'] },
    shows: 'builds end with mount helper [mount.fuse3 …] failed: "/bin/sh: fuse-overlayfs: not found"',
  },
  {
    rule: 'BK315',
    when: { snapshotter: ['native'] },
    shows: 'each build step begins with a full copy of its layers',
  },
]
