import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { foldersOf } from '../upstream/buildkit/folders.ts'

export type TemplateSpec = BuildkitTemplate['spec']

/** The BuildKit release that a template without an `image` gets. Moving it moves the hash of every such builder: a major release. */
const DEFAULT_IMAGE = 'moby/buildkit:v0.34.2'

/** As root, in the host's or the Pod's own user namespace. */
const ROOTFUL = {
  image: DEFAULT_IMAGE,
  ...foldersOf({ rootless: false }),
  args: [],
  securityContext: { privileged: true },
}

/** As BuildKit's docs/rootless.md; AppArmor as the field, which API servers read since 1.30, not as the annotation. */
const ROOTLESS = {
  image: `${DEFAULT_IMAGE}-rootless`,
  ...foldersOf({ rootless: true }),
  args: ['--oci-worker-no-process-sandbox'],
  securityContext: {
    runAsUser: 1000,
    runAsGroup: 1000,
    runAsNonRoot: true,
    seccompProfile: { type: 'Unconfined' },
    appArmorProfile: { type: 'Unconfined' },
  },
}

/** How buildkitd runs in the Pods of a template. */
export function modeOf({ rootless }: TemplateSpec): typeof ROOTFUL | typeof ROOTLESS {
  return rootless ? ROOTLESS : ROOTFUL
}

/** Where the Pods of a template serve their metrics; undefined where they serve none. */
export function metricsPortOf({ observability: { metrics } }: Pick<TemplateSpec, 'observability'>): number | undefined {
  return metrics && (metrics.port ?? 6060)
}

/** The image of a template's Pods. */
export function imageOf(template: TemplateSpec): string {
  return template.image || modeOf(template).image
}
