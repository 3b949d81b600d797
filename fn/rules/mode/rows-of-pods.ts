import type { Row } from './row.ts'

const PRIVILEGED = ['privileged'] as const
const USER_NAMESPACE = ['user namespace'] as const
const ROOTFUL = ['privileged', 'user namespace'] as const
const ROOTLESS = ['rootless', 'rootless in a user namespace'] as const
const MAPPED_ROOT = 'buildkitd: rootless mode requires to be executed as the mapped root in a user namespace'

/** Of the matrix: what lies in images, commands, ports and versions. */
export const ROWS_OF_PODS: readonly Row[] = [
  {
    rule: 'BK301',
    when: { mode: ROOTLESS, image: ['rootful tag'], command: ['none', 'buildkitd-entrypoint', 'buildkitd'] },
    shows: MAPPED_ROOT,
  },
  {
    rule: 'BK301',
    when: { mode: ROOTLESS, image: ['rootful tag'], command: ['rootlesskit'] },
    shows: 'exec: "rootlesskit": executable file not found in $PATH',
  },
  {
    rule: 'BK302',
    when: { mode: PRIVILEGED, image: ['rootless tag'], command: ['none', 'rootlesskit'] },
    shows: 'buildkitd: failed to create unix socket on /run/buildkit/buildkitd.sock: permission denied',
  },
  {
    rule: 'BK302',
    when: { mode: USER_NAMESPACE, image: ['rootless tag'], command: ['none', 'rootlesskit'] },
    shows: 'newuidmap: write to uid_map failed: Operation not permitted',
  },
  { rule: 'BK302', when: { mode: ROOTFUL, image: ['rootless tag'], command: ['buildkitd'] }, shows: MAPPED_ROOT },
  {
    rule: 'BK302',
    when: { mode: ROOTFUL, image: ['rootless tag'], command: ['buildkitd-entrypoint'] },
    shows: 'exec: "buildkitd-entrypoint": executable file not found in $PATH',
  },
  {
    rule: 'BK303',
    when: { mode: ['rootless in a user namespace'] },
    shows: 'newuidmap: write to uid_map failed: Operation not permitted',
  },
  {
    rule: 'BK304',
    when: { mode: PRIVILEGED, command: ['buildkitd'], version: ['unknown', 'since v0.28'] },
    shows: 'on cgroup v2, build steps run outside of the limits for CPU and memory',
  },
  {
    rule: 'BK305',
    when: { mode: ROOTLESS, image: ['rootless tag', 'digest only', 'other repository'], command: ['buildkitd'] },
    shows: MAPPED_ROOT,
  },
  {
    rule: 'BK305',
    when: { mode: ROOTLESS, image: ['rootless tag'], command: ['buildkitd-entrypoint'] },
    shows: 'exec: "buildkitd-entrypoint": executable file not found in $PATH',
  },
  {
    rule: 'BK305',
    when: { mode: ROOTLESS, image: ['digest only', 'other repository'], command: ['buildkitd-entrypoint'] },
    shows: MAPPED_ROOT,
  },
  {
    rule: 'BK305',
    when: { mode: ROOTFUL, image: ['rootful tag'], command: ['rootlesskit'] },
    shows: 'exec: "rootlesskit": executable file not found in $PATH',
  },
  {
    rule: 'BK305',
    when: {
      mode: ROOTFUL,
      image: ['rootful tag'],
      command: ['buildkitd-entrypoint'],
      version: ['before v0.13', 'before v0.28'],
    },
    shows: 'exec: "buildkitd-entrypoint": executable file not found in $PATH',
  },
  {
    rule: 'BK306',
    when: { mode: PRIVILEGED, version: ['before v0.13', 'before v0.28'] },
    shows: 'on cgroup v2, build steps run outside of the limits for CPU and memory',
  },
  {
    rule: 'BK307',
    when: { version: ['before v0.13'] },
    shows: 'Startup probe failed: error: this server does not implement the grpc health protocol',
  },
  {
    rule: 'BK308',
    when: { mode: ROOTLESS, port: ['below 1024'] },
    shows: 'buildkitd: listen tcp 0.0.0.0:…: bind: permission denied',
  },
  {
    rule: 'BK316',
    when: { mode: ROOTLESS, kubernetes: ['before 1.30'] },
    shows: 'failed to share mount point: permission denied, on nodes with AppArmor',
  },
  {
    rule: 'BK317',
    when: { mode: [...USER_NAMESPACE, 'rootless in a user namespace'], kubernetes: ['before 1.30', 'before 1.33'] },
    shows: "nothing: the Pod runs in the node's user namespace",
  },
]
