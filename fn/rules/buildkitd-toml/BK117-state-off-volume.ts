import { rootOf } from '../../render/cache-owner.ts'
import { valueText } from '../../results/toml-texts.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { foldersOf } from '../../upstream/buildkit/folders.ts'
import { inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { isPlainBuildkit, isWritable } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

/** A state that is not on its volume. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "BuildKit's state is not on the volume that the Pod has for it.",
    why: "The state is in the file system of the container. It is lost when the container restarts, it counts as the container's ephemeral storage, and overlayfs does not work on top of overlayfs, so BuildKit falls back to a slower snapshotter.",
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go; main_oci_worker.go, snapshotterFactory',
    example: {
      wrong: templateOfToml('root = "/cache"\n'),
      right: templateOfToml('root = "/var/lib/buildkit"\n'),
    },
  }),
  ...inToml((toml, facts) => {
    const { spec } = facts
    const { state } = foldersOf(spec)
    return valuesAt(toml, ['root']).flatMap(({ path, value }): readonly TomlBreach[] => {
      if (typeof value !== 'string' || value === '' || value === rootOf(spec)) return []
      if (spec.cache && !spec.cache.emptyDir) {
        const message = `must be left out with \`cache\`, whose init containers prepare "${rootOf(spec)}", got ${valueText(value)}`
        return [{ path, value, message, fix: { kind: 'remove' } }]
      }
      if (`${value}/`.startsWith(`${state}/`)) return []
      if (isPlainBuildkit(facts) && !isWritable(value, facts)) return []
      const message = `must be in "${state}", the volume of the Pod, got ${valueText(value)}; remove it`
      return [{ path, value, message, proposedValue: state }]
    })
  }),
}
