import { STATE_VOLUME } from '../../crds/names.ts'
import { imageOf, modeOf, type TemplateSpec } from './daemon.ts'
import type { Resources } from './resources.ts'

/** The user and group of rootless builders. */
const USER = 1000

/** Enough to give a folder to somebody else. */
const CHOWN = {
  runAsUser: 0,
  runAsGroup: 0,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'], add: ['CHOWN'] },
}

/** A volume of its own belongs to root; its files change their group only where they are not yet the user's. */
export function podSecurityContext(template: TemplateSpec): object | undefined {
  return hasGroup(template) ? { fsGroup: USER, fsGroupChangePolicy: 'OnRootMismatch' } : undefined
}

/**
 * The folder in which buildkitd keeps its state. Where a volume has a group, every folder in it inherits that, and the setgid bit with it:
 * images would have both. One level below, folders do not.
 */
export function rootOf(template: TemplateSpec): string {
  const { state } = modeOf(template)
  return hasGroup(template) ? `${state}/root` : state
}

/** The init container that makes the state the user's where that belongs to root. */
export function cachePreparers(template: TemplateSpec, resources: Resources): readonly object[] {
  const { state, securityContext } = modeOf(template)
  const root = rootOf(template)
  if (root !== state)
    return [
      cacheContainer({
        template,
        resources,
        name: 'prepare-cache',
        script: `mkdir -p ${root}\nchmod g-s ${root}\n`,
        securityContext,
      }),
    ]
  if (!template.rootless || !template.cache?.hostPath) return []
  const script = `chown ${USER}:${USER} ${state}\n`
  return [cacheContainer({ template, resources, name: 'prepare-cache', script, securityContext: CHOWN })]
}

interface CacheContainer {
  readonly template: TemplateSpec
  readonly resources: Resources
  readonly name: string
  readonly script: string
  readonly securityContext: object
}

/** An init container with the state, of the builder's image. */
export function cacheContainer({ template, resources, name, script, securityContext }: CacheContainer): object {
  return {
    name,
    image: imageOf(template),
    imagePullPolicy: template.imagePullPolicy || 'IfNotPresent',
    command: ['/bin/sh', '-c', script],
    ...(Object.keys(resources).length > 0 && { resources }),
    securityContext,
    volumeMounts: [{ name: STATE_VOLUME, mountPath: modeOf(template).state }],
  }
}

function hasGroup({ rootless, cache }: TemplateSpec): boolean {
  return rootless && (cache?.claim !== undefined || cache?.ephemeral !== undefined)
}
