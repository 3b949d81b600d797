import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { fittingImage } from '../facts/images.ts'
import { MAPPED_ROOT, ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: ROOTLESS, image: ['rootful tag'], command: ['none', 'buildkitd-entrypoint', 'buildkitd'] },
    shows: MAPPED_ROOT,
  },
  {
    when: { mode: ROOTLESS, image: ['rootful tag'], command: ['rootlesskit'] },
    shows: 'exec: "rootlesskit": executable file not found in $PATH',
  },
]

/** Root's image for user 1000. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: "A rootless template uses BuildKit's rootful image.",
    why: 'The container runs as user 1000, and only the rootless image provides the mapped user namespace that buildkitd then needs. buildkitd exits, so the Pod crash-loops.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, main; Dockerfile, stages buildkit-linux and rootless',
    example: {
      wrong: templateOf({ rootless: true, image: 'moby/buildkit:v0.34.2' }),
      right: templateOf({ rootless: true, image: 'moby/buildkit:v0.34.2-rootless' }),
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template, row }) => {
    const { image } = template
    const { text, proposed } = fittingImage(template)
    const message = `must be a rootless image with \`rootless: true\`, got "${image.name}", which fails with ${row.shows}; ${text}`
    return [
      { path: ['spec', 'image'], message, currentValue: image.name, ...(proposed && { proposedValue: proposed }) },
    ]
  }),
}
