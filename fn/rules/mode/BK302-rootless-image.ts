import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { fittingImage } from '../facts/images.ts'
import { MAPPED_ROOT, PRIVILEGED, ROOTFUL, type Row, USER_NAMESPACE } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: PRIVILEGED, image: ['rootless tag'], command: ['none', 'rootlesskit'] },
    shows: 'buildkitd: failed to create unix socket on /run/buildkit/buildkitd.sock: permission denied',
  },
  {
    when: { mode: USER_NAMESPACE, image: ['rootless tag'], command: ['none', 'rootlesskit'] },
    shows: 'newuidmap: write to uid_map failed: Operation not permitted',
  },
  { when: { mode: ROOTFUL, image: ['rootless tag'], command: ['buildkitd'] }, shows: MAPPED_ROOT },
  {
    when: { mode: ROOTFUL, image: ['rootless tag'], command: ['buildkitd-entrypoint'] },
    shows: 'exec: "buildkitd-entrypoint": executable file not found in $PATH',
  },
]

/** User 1000's image for root. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: "A template without `rootless: true` uses BuildKit's rootless image.",
    why: 'This image runs buildkitd as user 1000 under RootlessKit. User 1000 cannot write where a privileged builder has its socket and its state. buildkitd exits, so the Pod crash-loops.',
    source: 'buildkit v0.34.2, Dockerfile, stage rootless; cmd/buildkitd/main.go, getListener',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:v0.34.2-rootless' }),
      right: templateOf({ rootless: true, image: 'moby/buildkit:v0.34.2-rootless' }),
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template, row }) => {
    const { image } = template
    const { text, proposed } = fittingImage(template)
    const message = `must be a rootful image without \`rootless: true\`, got "${image.name}", which fails with ${row.shows}; set \`rootless: true\`, or ${text}`
    return [
      { path: ['spec', 'image'], message, currentValue: image.name, ...(proposed && { proposedValue: proposed }) },
    ]
  }),
}
