import { foundInMatrix } from '../breaches/in-matrix.ts'
import { fittingImage } from '../facts/fitting-image.ts'
import type { Rule } from '../rule.ts'

/** Root's image for user 1000. */
export const ROOTFUL_IMAGE: Rule = {
  id: 'BK301',
  severity: 'error',
  what: "A rootless template has BuildKit's image for root.",
  why: 'The container runs as user 1000, and only the rootless image brings the mapped user namespace that buildkitd needs then; it exits at once, again and again.',
  source: 'buildkit v0.34.2, cmd/buildkitd/main.go, main; Dockerfile, stages buildkit-linux and rootless',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
  image: moby/buildkit:v0.34.2
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: true
  image: moby/buildkit:v0.34.2-rootless
`,
  },
  of: 'template',
  find: foundInMatrix('BK301', ({ template, row }) => {
    const { image } = template
    const { text, proposed } = fittingImage(template)
    const message = `must be a rootless image with \`rootless: true\`, got "${image.name}", which ends with ${row.shows}; ${text}`
    return [
      { path: ['spec', 'image'], message, currentValue: image.name, ...(proposed && { proposedValue: proposed }) },
    ]
  }),
}
