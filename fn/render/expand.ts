import { hashedName, hashOf } from '../../crds/names.ts'
import type { Retirement } from '../config/settings.ts'
import { type Blueprint, podLabels } from './blueprint.ts'
import { engineAnnotations, SYNC_WAVE_ANNOTATION } from './engine-annotations.ts'
import type { Builder } from './resolve.ts'

/** The Pod of a builder, as Git and the cluster shall have it. Its spec and content annotations stand in its blueprint. */
export interface Pod {
  readonly name: string
  readonly namespace: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly engineAnnotations: Readonly<Record<string, string>>
  readonly blueprint: Blueprint
}

/**
 * `<buildkit>-<hash>`: the hash is of the content, and of the full name where that had to be cut.
 * Invariant: input order does not change a Pod, nor does a policy for engines change its name.
 */
function podNameOf(buildkitName: string, { content, hash }: Blueprint): string {
  const name = hashedName(buildkitName, hash)
  return name === `${buildkitName}-${hash}` ? name : hashedName(buildkitName, hashOf(`${buildkitName}\n${content}`))
}

/** The Pod of one builder. */
export function expand({ buildkit }: Builder, blueprint: Blueprint, retirement: Retirement): Pod {
  const { name, namespace, annotations } = buildkit.value.metadata
  return {
    name: podNameOf(name, blueprint),
    namespace,
    labels: podLabels(name, blueprint),
    engineAnnotations: engineAnnotations(retirement, blueprint.engineAnnotations, annotations?.[SYNC_WAVE_ANNOTATION]),
    blueprint,
  }
}
