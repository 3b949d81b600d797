import type { Mode } from './facts.ts'

export const PRIVILEGED = ['privileged'] as const
export const USER_NAMESPACE = ['user namespace'] as const
export const ROOTFUL = [...PRIVILEGED, ...USER_NAMESPACE] as const
export const ROOTLESS = ['rootless', 'rootless in a user namespace'] as const
export const OF_BUILDKIT = ['rootful tag', 'rootless tag', 'digest only'] as const
/** Commands that end in buildkitd, with the arguments of the Pod or not. */
export const BUILDKITD = ['buildkitd-entrypoint', 'buildkitd', 'rootlesskit'] as const
/** What a buildkitd shows that is not root and that RootlessKit has not started. */
export const MAPPED_ROOT = 'buildkitd: rootless mode requires to be executed as the mapped root in a user namespace'

/** All that decides whether a mode works, each as one of the cases that make a difference. */
export interface Situation {
  readonly mode: Mode
  readonly image: 'rootful tag' | 'rootless tag' | 'digest only' | 'other repository'
  readonly command: 'none' | 'buildkitd-entrypoint' | 'buildkitd' | 'rootlesskit' | 'another'
  readonly version: 'unknown' | 'before v0.13' | 'before v0.28' | 'since v0.28'
  readonly kubernetes: 'unknown' | 'before 1.30' | 'before 1.33' | 'since 1.33'
  /** What gives buildkitd a certificate or key, with which it speaks TLS. */
  readonly tls: 'none' | 'spec.tls' | '[grpc.tls]'
  /** The lower one of its port and that of its metrics. */
  readonly port: 'below 1024' | 'from 1024'
  readonly network: 'auto' | 'host' | 'bridge' | 'cni' | 'cni of the image' | 'another'
  readonly cniSettings: 'none' | 'without CNI' | 'with CNI of the image'
  /** Whether builds are to go through BuildKit's own proxy, in releases that have it. */
  readonly proxy: 'none' | 'proxyNetwork = true'
  readonly snapshotter: 'auto' | 'overlayfs' | 'native' | 'fuse-overlayfs' | 'stargz' | 'another'
  readonly processSandbox: 'left out' | 'noProcessSandbox = true' | 'noProcessSandbox = false'
  readonly ociRootless: 'left out' | 'rootless = true' | 'rootless = false'
}

/** What a row of the matrix or a cell of its page speaks of; what is left out may be anything. */
export type When = { readonly [Key in keyof Situation]?: readonly Situation[Key][] }

export function isIn(situation: Situation, condition: When): boolean {
  return Object.entries(condition).every(([key, values]) => {
    return (values as readonly string[]).includes(situation[key as keyof Situation])
  })
}

/** A row of the mode matrix: what does not work, or not as it looks, and what the node shows of it. */
export interface Row {
  readonly when: When
  /** From a log, an event or a running builder. */
  readonly shows: string
}
