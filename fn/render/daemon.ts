import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'

export type TemplateSpec = BuildkitTemplate['spec']

/** The BuildKit release that a template without an `image` gets. Moving it moves the hash of every such builder: a major release. */
const DEFAULT_IMAGE = 'moby/buildkit:v0.34.2'

/** Where buildkitd keeps things, which depends on whether it runs as root (in the host's or the Pod's own user namespace). */
const ROOTFUL = {
  image: DEFAULT_IMAGE,
  socket: '/run/buildkit/buildkitd.sock',
  state: '/var/lib/buildkit',
  configuration: '/etc/buildkit',
  args: [],
  securityContext: { privileged: true },
}

/** As BuildKit's docs/rootless.md; AppArmor as the field, which API servers read since 1.30, not as the annotation. */
const ROOTLESS = {
  image: `${DEFAULT_IMAGE}-rootless`,
  socket: '/run/user/1000/buildkit/buildkitd.sock',
  state: '/home/user/.local/share/buildkit',
  configuration: '/home/user/.config/buildkit',
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

/** The image of a template's Pods. */
export function imageOf(template: TemplateSpec): string {
  return template.image || modeOf(template).image
}
