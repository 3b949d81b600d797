import { oncePer } from '../../common/once-per.ts'
import { valueAt } from '../../toml/value-at.ts'
import { isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import { isBefore } from '../../upstream/is-before.ts'
import type { TemplateFacts } from './facts.ts'
import { networkSituation } from './network-situation.ts'
import { ociWorker } from './oci-worker.ts'
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
    tls: ['cert', 'key'].some((key) => valueAt(template.settings, ['grpc', 'tls', key])?.value) ? '[grpc.tls]' : 'none',
    port: spec.port < 1024 ? 'below 1024' : 'from 1024',
    ...networkSituation(template),
    snapshotter: snapshotterIn(template),
    processSandbox: flag(template, 'noProcessSandbox'),
    ociRootless: flag(template, 'rootless'),
  }
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
