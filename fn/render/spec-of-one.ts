import type { Buildkit } from '../../crds/buildkit.ts'
import { STATE_VOLUME } from '../../crds/names.ts'
import { spread } from './spread.ts'
import { volumeOfOne } from './state-volume.ts'

type PodSpec = Readonly<Record<string, unknown>>

/** The `spec` of one replica's Pod, from what it shares with others. What it has to itself comes last: its volumes, and its affinity before them. */
export function specOfOne(shared: PodSpec, { metadata }: Pick<Buildkit, 'metadata'>, replica: number): PodSpec {
  const volumes = shared.volumes as readonly PodSpec[]
  const own = volumes.map((one) => (one.name === STATE_VOLUME ? volumeOfOne(one, metadata, replica) : one))
  if (replica === 0) return own.every((volume, at) => volume === volumes[at]) ? shared : { ...shared, volumes: own }
  const { affinity, volumes: _, ...rest } = shared
  return { ...rest, affinity: spread(affinity, metadata.name, replica), volumes: own }
}
