import { hasMovedTag, isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import { templateOf } from '../example.ts'
import { pinnedImage } from '../facts/images.ts'
import type { Rule } from '../rule.ts'

/** What a tag that moves means, by the pull policy. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  Always: 'each start of a container can pull another BuildKit, which no diff shows and no rollback reverts',
  IfNotPresent:
    'each node keeps the image that it pulled first, so builders differ between nodes and are never updated',
  Never: 'each node runs whatever image it has under this name',
}

/** A release is pinned enough: nobody moves those tags. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The image has a tag that moves from one BuildKit release to the next.',
    why: "The version of BuildKit depends on when a node pulled the image. The Pod's name is a hash of its manifest and stays the same, so nothing rolls, and you cannot roll back.",
    source:
      'buildkit v0.34.2, .github/workflows/buildkit.yml and buildx-image.yml (what is tagged when); kubernetes v1.37.2, pkg/kubelet/images/image_manager.go',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:latest' }),
      right: templateOf({ image: 'moby/buildkit:v0.34.2' }),
    },
  }),
  of: 'template',
  find: (template) => {
    const { image, spec } = template
    if (!hasMovedTag(image)) return []
    const consequence = CONSEQUENCES[spec.imagePullPolicy || 'IfNotPresent'] ?? ''
    const proposedValue = isBuildkitImage(image) ? pinnedImage(template) : undefined
    const instead = proposedValue ? `"${proposedValue}" or a digest` : 'a version or a digest'
    const message = `must name a release, got "${image.name}"${consequence && `; ${consequence}`}; use ${instead}`
    return [{ path: ['spec', 'image'], message, currentValue: image.name, ...(proposedValue && { proposedValue }) }]
  },
}
