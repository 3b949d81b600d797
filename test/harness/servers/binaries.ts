import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { cachedFolder } from '../../tools/cached-folder.ts'
import { goVersion } from '../../tools/go-version.ts'
import { TOOLS } from '../../tools/tool.ts'

export type Binary =
  | 'etcd'
  | 'kube-apiserver'
  | 'kubectl'
  | 'kustomize'
  | 'helm'
  | 'kpt'
  | 'kstatus'
  | 'buildkitd-config'
  | 'yaml-readers'
  | 'jv'
  | 'actionlint'
  | 'promtool'
  | 'prometheus'
  | 'cert-manager'
  | 'argocd'
  | 'redis-server'
  | 'kustomize-controller'
  | 'crane'
  | `kube-apiserver-${string}`
  | 'mmdebstrap'
  | 'fakeroot'
  | 'qemu-aarch64-static'
  | 'chromium'
  | NodeBinary

/** What a node with builders needs beside the API server. */
export type NodeBinary =
  | 'containerd'
  | 'containerd-shim-runc-v2'
  | 'ctr'
  | 'runc'
  | 'rootlesskit'
  | 'kube-scheduler'
  | 'kube-controller-manager'
  | 'kubelet'
  | 'buildx'
  | 'buildkitd'
  | 'buildctl'
  | 'registry'

const IN_ASSETS: readonly Binary[] = ['etcd', 'kube-apiserver', 'kubectl']
const ON_PATH: readonly Binary[] = [
  'kpt',
  'kustomize',
  'helm',
  'redis-server',
  'mmdebstrap',
  'fakeroot',
  'qemu-aarch64-static',
  'chromium',
]
const go = goVersion()

/** Where a program is: in the folder KUBEBUILDER_ASSETS, built by `npm run tools`, or on PATH; undefined where it is not. */
export function findBinary(name: Binary): string | undefined {
  const { KUBEBUILDER_ASSETS, PATH = '' } = process.env
  const assets = KUBEBUILDER_ASSETS && IN_ASSETS.includes(name) ? [KUBEBUILDER_ASSETS] : []
  const built = go === undefined ? [] : TOOLS.filter((tool) => tool.name === name).map((tool) => cachedFolder(tool, go))
  const path = ON_PATH.includes(name) ? PATH.split(delimiter) : []
  return [...assets, ...built, ...path].map((folder) => join(folder, name)).find(isExecutable)
}

/** Where a program is; throws where `needs` would have said that it is missing. */
export function binary(name: Binary): string {
  const path = findBinary(name)
  if (path === undefined) throw new Error(reasonFor([name]))
  return path
}

/**
 * The `skip` of a test that runs these programs: false where all are there, else the reason.
 * With CI=true a missing one is thrown: there, a test that does not run is a failure.
 */
export function needs(...names: readonly Binary[]): false | string {
  const missing = names.filter((name) => findBinary(name) === undefined)
  if (missing.length === 0) return false
  if (process.env.CI === 'true') throw new Error(reasonFor(missing))
  return reasonFor(missing)
}

function reasonFor(missing: readonly Binary[]): string {
  const built = missing.filter((name) => TOOLS.some((tool) => tool.name === name))
  const steps = [
    ...(built.length > 0 ? [`\`npm run tools\` builds ${built.join(' and ')}`] : []),
    ...(missing.includes('kpt') ? ['kpt must be on PATH: https://kpt.dev/installation'] : []),
    ...(missing.includes('redis-server') ? ['redis-server must be on PATH, as the package of that name puts it'] : []),
    ...(missing.includes('chromium') ? ['chromium must be on PATH, as the Debian package of that name puts it'] : []),
  ]
  return `needs ${missing.join(' and ')}; ${steps.join('; ')}`
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
