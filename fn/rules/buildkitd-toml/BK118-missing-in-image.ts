import { valueText } from '../../results/toml-texts.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { foldersOf } from '../../upstream/buildkit/folders.ts'
import { inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isPlainBuildkit, isWorkerOn } from '../facts/container.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { isMounted } from '../facts/mounts.ts'
import type { Rule } from '../rule.ts'

/** A setting of the OCI worker that needs files which BuildKit's image does not have. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'The OCI worker needs a file that is not in the Pod.',
    why: 'buildkitd looks for the file at startup and exits, so the Pod crash-loops. BuildKit\'s image has no cni.json, no proxy snapshotter and no runtime except buildkit-runc, so mount such a file with `podSpecPatch` and name it. The image contains everything that the network mode "bridge" needs.',
    source:
      'buildkit v0.34.2, util/network/cniprovider/cni.go; executor/runcexecutor/executor.go; main_oci_worker.go; Dockerfile',
    example: {
      wrong: templateOfToml('[worker.oci]\nnetworkMode = "cni"\n'),
      right: templateOfToml('[worker.oci]\nnetworkMode = "bridge"\n'),
    },
  }),
  ...inToml((toml, facts) => {
    if (!(isPlainBuildkit(facts) && isWorkerOn(toml, 'oci'))) return []
    return [
      ...texts(toml, 'networkMode').flatMap(({ path, value }) => {
        // Beside a command another rule says so: BK310.
        if (value !== 'cni' || facts.spec.command?.length || isMounted(cniFile(toml, facts), facts)) return []
        const message =
          'must be one of "auto", "host", "bridge" with this image, got "cni"; the image has no configuration for it; mount one with `podSpecPatch` and name it in `cniConfigPath`'
        return [{ path, value, message }]
      }),
      ...texts(toml, 'binary').flatMap(({ path, value }) => {
        if (/^(?:\/usr\/bin\/)?buildkit-runc$/.test(String(value)) || isMounted(String(value), facts)) return []
        return [{ path, value, message: `must be "buildkit-runc" with this image, got ${valueText(value)}; remove it` }]
      }),
      ...texts(toml, 'proxySnapshotterPath').flatMap(({ path, value }) => {
        if (isMounted(String(value), facts)) return []
        const message = `must be the path of a socket in the Pod, got ${valueText(value)}; remove it, or mount its folder with \`podSpecPatch\``
        return [{ path, value, message }]
      }),
    ]
  }),
}

/** The configuration of CNI that buildkitd reads. */
function cniFile(toml: TomlDocument, { spec }: TemplateFacts): string {
  const [named] = texts(toml, 'cniConfigPath')
  return String(named?.value ?? `${foldersOf(spec).configuration}/cni.json`)
}

function texts(toml: TomlDocument, key: string): readonly Pick<TomlBreach, 'path' | 'value'>[] {
  return valuesAt(toml, ['worker', 'oci', key]).filter(({ value }) => typeof value === 'string' && value !== '')
}
