import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { ROOTFUL, ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: ROOTLESS, snapshotter: ['fuse-overlayfs'] },
    shows: "builds fail with fuse: device not found, try 'modprobe fuse' first",
  },
  { when: { mode: ROOTLESS, snapshotter: ['stargz'] }, shows: 'images are pulled whole, as with overlayfs' },
  {
    when: { mode: ROOTFUL, image: ['rootful tag'], snapshotter: ['fuse-overlayfs'] },
    shows: 'builds fail with mount helper [mount.fuse3 …] failed: "/bin/sh: fuse-overlayfs: not found"',
  },
]

/** A filesystem without its device. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The snapshotter needs FUSE, which the container lacks.',
    why: "A rootless container has no /dev/fuse unless the runtime or a device plugin adds it. A container requests the device with a resource such as `smarter-devices/fuse`. BuildKit's rootful image has no fuse-overlayfs. The builder becomes ready, but every build fails. With stargz, BuildKit logs a line and pulls whole images instead of the files that are read.",
    source:
      'buildkit v0.34.2, docs/rootless.md; Dockerfile, stages buildkit-export and rootless; cmd/buildkitd/main_oci_worker.go, snapshotterFactory; cache/refs.go, prepareRemoteSnapshotsStargzMode',
    example: {
      wrong: templateOf({ rootless: true, buildkitdToml: '[worker.oci]\n  snapshotter = "fuse-overlayfs"\n' }),
      right: templateOf({ rootless: true, buildkitdToml: '[worker.oci]\n  snapshotter = "overlayfs"\n' }),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template, row }) => {
    if (template.spec.rootless && hasFuse(template)) return []
    return ociWorkerBreaches(template, ['snapshotter'], (_, value) => {
      return `\`snapshotter\` must be one that works without FUSE, got "${value}"; ${row.shows}; remove it, and BuildKit uses overlayfs if it can`
    })
  }),
}

/** Whether a device plugin adds /dev/fuse to every builder, by the name of a resource such as "smarter-devices/fuse". */
function hasFuse({ spec, buildkits }: TemplateFacts): boolean {
  const { default: ofAll } = spec.resources
  if (asksForFuse(ofAll)) return true
  return buildkits.length > 0 && buildkits.every(({ value }) => asksForFuse(value.spec.resources))
}

function asksForFuse(resources: TemplateFacts['spec']['resources']['default']): boolean {
  const names = [...Object.keys(resources?.limits ?? {}), ...Object.keys(resources?.requests ?? {})]
  return names.some((name) => /\/.*\bfuse\b|\bfuse\b.*\//i.test(name))
}
