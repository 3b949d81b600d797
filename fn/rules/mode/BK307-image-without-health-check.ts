import { foundInMatrix } from '../breaches/in-matrix.ts'
import type { Rule } from '../rule.ts'

/** Probes that nothing answers. */
export const IMAGE_WITHOUT_HEALTH: Rule = {
  id: 'BK307',
  severity: 'error',
  cannotWork: true,
  what: "The image is older than v0.13, which first answers the Pod's probes.",
  why: 'The startup probe fails for two minutes, then the kubelet starts the container again, and so on.',
  source:
    'buildkit v0.12.5 and v0.13.0, cmd/buildkitd/main.go (RegisterHealthServer); kubernetes v1.37.2, pkg/probe/grpc/grpc.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.12.5
`,
    right: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.34.2
`,
  },
  of: 'template',
  find: foundInMatrix('BK307', ({ template: { image }, row }) => {
    const message = `must be v0.13.0 or later, got "${image.tag}", of which the node says "${row.shows}"`
    return [{ path: ['spec', 'image'], message, currentValue: image.name }]
  }),
}
