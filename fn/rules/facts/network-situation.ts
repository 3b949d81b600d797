import { valueAt } from '../../toml/value-at.ts'
import { isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import { isReadBy } from '../../upstream/buildkit/is-read-by.ts'
import type { TemplateFacts } from './facts.ts'
import { ociWorker } from './oci-worker.ts'
import type { Situation } from './situation.ts'

/** Settings that matter to CNI networks alone. */
const CNI_SETTINGS = ['cniPoolSize', 'cniConfigPath', 'cniBinaryPath', 'bridgeName', 'bridgeSubnet']

/** Where buildkitdToml is mounted, so that nothing of the image is to be seen there. */
const MOUNTS = ['/etc/buildkit/', '/home/user/.config/buildkit/']

const NETWORK_MODES = ['auto', 'host', 'bridge', 'cni'] as const

/** How build steps get their network (util/network/netproviders/network.go of BuildKit v0.34.2). */
export function networkSituation(template: TemplateFacts): Pick<Situation, 'network' | 'cniSettings' | 'proxy'> {
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
