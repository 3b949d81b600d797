import { CONTAINER } from '../../../crds/names.ts'
import { mappingsIn } from '../../input/item.ts'
import { modeOf } from '../../render/daemon.ts'
import { patchedSpec, usability } from '../../render/pod-spec-patch.ts'
import type { TemplateFacts } from './facts.ts'

/**
 * Whether a file or folder may be in a volume that `podSpecPatch` mounts, in every Pod of a template. A patch with a mistake may mount anything:
 * its error says enough.
 */
export function isMounted(file: string, facts: TemplateFacts): boolean {
  const { template, spec, buildkits } = facts
  const patched = buildkits.filter(({ value }) => value.spec.podSpecPatch)
  if (!spec.podSpecPatch && patched.length === 0) return false
  if (!usability(template.value).isUsable) return true
  const { state, configuration } = modeOf(spec)
  // Those without a patch of their own are alike.
  const pods = patched.length < buildkits.length || buildkits.length === 0 ? [undefined, ...patched] : patched
  return pods.every((buildkit) =>
    mountPathsIn(patchedSpec(template.value, buildkit?.value)).some((path) => {
      return path !== state && path !== configuration && `${file}/`.startsWith(`${path.replace(/\/+$/, '')}/`)
    }),
  )
}

/** Where volumes are in the container of a builder. */
function mountPathsIn({ containers }: Readonly<Record<string, unknown>>): readonly string[] {
  const builder = mappingsIn(containers).find(({ name }) => name === CONTAINER)
  return mappingsIn(builder?.volumeMounts).map(({ mountPath }) => String(mountPath))
}
