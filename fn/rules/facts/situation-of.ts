import { oncePer } from '../../common/collections.ts'
import { metricsPortOf } from '../../render/daemon.ts'
import { type TomlValue, valueAt } from '../../toml/values-at.ts'
import { isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import { isReadBy } from '../../upstream/buildkit/later-keys.ts'
import { isBefore } from '../../upstream/version.ts'
import type { TemplateFacts } from './facts.ts'
import { tlsFiles } from './settings.ts'
import type { Situation } from './situation.ts'

/** The situation of a template's builders, for which every rule of the matrix asks. */
export const situationOf = oncePer(read)

function read(template: TemplateFacts): Situation {
  const { mode, kubernetes, spec } = template
  return {
    mode,
    image: imageIn(template),
    command: commandIn(spec.command ?? []),
    version: versionIn(template),
    kubernetes: kubernetesIn(kubernetes),
    tls: tlsIn(template),
    port: Math.min(spec.port, metricsPortOf(spec) ?? spec.port) < 1024 ? 'below 1024' : 'from 1024',
    ...networkSituation(template),
    snapshotter: snapshotterIn(template),
    processSandbox: flag(template, 'noProcessSandbox'),
    ociRootless: flag(template, 'rootless'),
  }
}

function tlsIn(template: TemplateFacts): Situation['tls'] {
  if (template.spec.tls) return 'spec.tls'
  const { cert, key } = tlsFiles(template)
  return cert || key ? '[grpc.tls]' : 'none'
}

function imageIn({ image }: TemplateFacts): Situation['image'] {
  if (!isBuildkitImage(image)) return 'other repository'
  if (image.isRootless === undefined) return 'digest only'
  return image.isRootless ? 'rootless tag' : 'rootful tag'
}

/** What a command comes to in the end, shell scripts included, as far as its words tell. */
export function commandIn(command: readonly string[]): Situation['command'] {
  if (command.length === 0) return 'none'
  const words = command.join(' ')
  const known = (['buildkitd-entrypoint', 'rootlesskit', 'buildkitd'] as const).find((name) => {
    return new RegExp(`(?:^|[\\s/])${name}(?:\\s|$)`).test(words)
  })
  return known ?? 'another'
}

function versionIn({ image: { version } }: TemplateFacts): Situation['version'] {
  if (!version) return 'unknown'
  if (isBefore(version, '0.13')) return 'before v0.13'
  return isBefore(version, '0.28') ? 'before v0.28' : 'since v0.28'
}

function kubernetesIn(version: TemplateFacts['kubernetes']): Situation['kubernetes'] {
  if (!version) return 'unknown'
  if (isBefore(version, '1.30')) return 'before 1.30'
  return isBefore(version, '1.33') ? 'before 1.33' : 'since 1.33'
}

const SNAPSHOTTERS = ['auto', 'overlayfs', 'native', 'fuse-overlayfs', 'stargz'] as const

function snapshotterIn(template: TemplateFacts): Situation['snapshotter'] {
  const name = ociWorker(template, 'snapshotter')?.value
  if (typeof name !== 'string' || name === '') return 'auto'
  return SNAPSHOTTERS.find((known) => known === name) ?? 'another'
}

function flag<Key extends string>(template: TemplateFacts, key: Key): 'left out' | `${Key} = ${boolean}` {
  const value = ociWorker(template, key)?.value
  return typeof value === 'boolean' ? `${key} = ${value}` : 'left out'
}

/** Settings that matter to CNI networks alone. */
const CNI_SETTINGS = ['cniPoolSize', 'cniConfigPath', 'cniBinaryPath', 'bridgeName', 'bridgeSubnet']

/** Where buildkitdToml is mounted, so that nothing of the image is to be seen there. */
const MOUNTS = ['/etc/buildkit/', '/home/user/.config/buildkit/']

const NETWORK_MODES = ['auto', 'host', 'bridge', 'cni'] as const

/** How build steps get their network (util/network/netproviders/network.go of BuildKit v0.34.2). */
function networkSituation(template: TemplateFacts): Pick<Situation, 'network' | 'cniSettings' | 'proxy'> {
  const name = ociWorker(template, 'networkMode')?.value
  const mode =
    typeof name === 'string' && name !== '' ? (NETWORK_MODES.find((known) => known === name) ?? 'another') : 'auto'
  const own = hasOwnConfiguration(template)
  const isSet = cniSettingsIn(template).length > 0
  const settings = own ? 'with CNI of the image' : 'without CNI'
  return {
    network: mode === 'cni' && own ? 'cni of the image' : mode,
    cniSettings: isSet ? settings : 'none',
    proxy: isProxied(template) ? 'proxyNetwork = true' : 'none',
  }
}

function isProxied({ settings, image }: TemplateFacts): boolean {
  const key = ['proxyNetwork']
  return isReadBy(image, key) && valueAt(settings, key)?.value === true
}

/** The settings that only CNI heeds, but for the size of the pool where BuildKit's proxy has one too. */
export function cniSettingsIn(template: TemplateFacts): readonly string[] {
  return CNI_SETTINGS.filter((key) => ociWorker(template, key) && !(key === 'cniPoolSize' && isProxied(template)))
}

/** BuildKit's own images have no configuration for CNI; another may, but not below the folder that hides it. */
function hasOwnConfiguration(template: TemplateFacts): boolean {
  const path = ociWorker(template, 'cniConfigPath')?.value
  if (isBuildkitImage(template.image) || typeof path !== 'string' || path === '') return false
  return !MOUNTS.some((folder) => path.startsWith(folder))
}

/** A setting of the worker that builds, undefined where it is left out. */
export function ociWorker({ settings }: Pick<TemplateFacts, 'settings'>, key: string): TomlValue | undefined {
  return valueAt(settings, ['worker', 'oci', key])
}
