import { existsSync } from 'node:fs'
import process from 'node:process'
import { type Binary, findBinary } from '../servers/binaries.ts'

const PROGRAMS: readonly Binary[] = [
  'etcd',
  'kube-apiserver',
  'kubectl',
  'kube-scheduler',
  'kube-controller-manager',
  'kubelet',
  'containerd',
  'containerd-shim-runc-v2',
  'ctr',
  'runc',
  'rootlesskit',
  'buildkitd',
  'buildctl',
  'buildx',
]
const FILES = {
  '/usr/lib/cni/bridge': 'containernetworking-plugins',
  '/bin/busybox': 'busybox-static',
  '/usr/bin/newuidmap': 'uidmap',
  '/usr/sbin/setcap': 'libcap2-bin',
  '/usr/sbin/ip': 'iproute2',
}

/** The `skip` of a test that runs a node: false where it can run, else why not. With CI=true that is thrown. */
export function needsNode(): false | string {
  const reason = missing()
  if (reason !== false && process.env.CI === 'true') throw new Error(reason)
  return reason
}

function missing(): false | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux, for a node of its own'
  const programs = PROGRAMS.filter((name) => findBinary(name) === undefined)
  if (programs.length > 0) return `needs ${programs.join(', ')}; \`npm run tools\` builds them`
  const packages = Object.entries(FILES).filter(([path]) => !existsSync(path))
  if (packages.length > 0) return `needs the Debian packages ${packages.map(([, name]) => name).join(', ')}`
  return false
}
