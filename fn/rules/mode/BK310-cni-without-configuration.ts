import { foldersOf } from '../../upstream/buildkit/folders.ts'
import { ociWorkerBreaches } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { isMounted } from '../facts/mounts.ts'
import { OF_BUILDKIT, type Row } from '../facts/situation.ts'
import { ociWorker } from '../facts/situation-of.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { image: ['other repository'], network: ['cni'] },
    shows: 'buildkitd: stat …/cni.json: no such file or directory',
  },
  {
    when: {
      image: OF_BUILDKIT,
      command: ['buildkitd-entrypoint', 'buildkitd', 'rootlesskit', 'another'],
      network: ['cni'],
    },
    shows: 'buildkitd: stat …/cni.json: no such file or directory',
  },
]

/** CNI without its files. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`networkMode = "cni"` needs `cniConfigPath`, because the default path is hidden.',
    why: 'buildkitd reads cni.json at startup and exits if the file is missing. By default it looks in its configuration folder, and the mount of `buildkitdToml` hides that folder of the image.',
    source: 'buildkit v0.34.2, util/network/cniprovider/cni.go, New; util/appdefaults/appdefaults_unix.go',
    example: {
      wrong: templateOf({
        image: 'registry.example.com/buildkit-with-cni:v1',
        buildkitdToml: '[worker.oci]\n  networkMode = "cni"\n',
      }),
      right: templateOf({
        image: 'registry.example.com/buildkit-with-cni:v1',
        buildkitdToml: '[worker.oci]\n  networkMode = "cni"\n  cniConfigPath = "/etc/cni/net.d/10-buildkit.json"\n',
      }),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template, row }) => {
    const { configuration } = foldersOf(template.spec)
    const file = String(ociWorker(template, 'cniConfigPath')?.value || `${configuration}/cni.json`)
    if (isMounted(file, template)) return []
    return ociWorkerBreaches(template, ['networkMode'], () => {
      return `\`networkMode\` must be "host", or "cni" with the \`cniConfigPath\` of a file in the image or one that \`podSpecPatch\` mounts, got "cni", which fails with ${row.shows}`
    })
  }),
}
