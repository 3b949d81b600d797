import { imageOf } from '../../render/daemon.ts'
import { isImageReference } from '../../upstream/kubernetes/is-image-reference.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Images that no registry has. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`image` is not a valid image name.',
    why: 'The API server accepts it, but the kubelet does not: the container keeps waiting with the reason InvalidImageName.',
    source:
      'distribution/reference v0.6.0, regexp.go; go-digest v1.0.0, algorithm.go; kubernetes v1.37.2, pkg/kubelet/images/image_manager.go, ErrInvalidImageName',
    example: {
      wrong: templateOf({ image: 'https://registry.example.com/moby/buildkit:v0.34.2' }),
      right: templateOf({ image: 'registry.example.com/moby/buildkit:v0.34.2' }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const image = imageOf(spec)
    // White space at the ends is another rule's matter.
    if (image !== image.trim() || isImageReference(image)) return []
    const message = `must be \`registry/repository:tag@digest\` without a scheme, the repository in lower case and the digest in full, got "${image.slice(0, 200)}"`
    return [{ path: ['spec', 'image'], message, currentValue: image }]
  },
}
