import { foundInMatrix } from '../breaches/in-matrix.ts'
import { fittingImage } from '../facts/fitting-image.ts'
import type { Rule } from '../rule.ts'

/** User 1000's image for root. */
export const ROOTLESS_IMAGE: Rule = {
  id: 'BK302',
  severity: 'error',
  what: "A template that is not rootless has BuildKit's rootless image.",
  why: 'That image runs buildkitd as user 1000 in RootlessKit, who may not write where the socket and the state of a privileged builder are; it exits at once, again and again.',
  source: 'buildkit v0.34.2, Dockerfile, stage rootless; cmd/buildkitd/main.go, getListener',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.34.2-rootless
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: true
  image: moby/buildkit:v0.34.2-rootless
`,
  },
  of: 'template',
  find: foundInMatrix('BK302', ({ template, row }) => {
    const { image } = template
    const { text, proposed } = fittingImage(template)
    const message = `must not be a rootless image without \`rootless: true\`, got "${image.name}", which ends with ${row.shows}; set \`rootless: true\`, or ${text}`
    return [
      { path: ['spec', 'image'], message, currentValue: image.name, ...(proposed && { proposedValue: proposed }) },
    ]
  }),
}
