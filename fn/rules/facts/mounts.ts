import { CONTAINER } from '../../../crds/names.ts'
import { isMapping } from '../../input/item.ts'
import { modeOf } from '../../render/daemon.ts'
import { patchedSpec } from '../../render/pod-spec-patch.ts'
import type { TemplateFacts } from './facts.ts'

/** Whether a file or folder may be in a volume that `podSpecPatch` mounts, in every Pod of a template. */
export function isMounted(file: string, facts: TemplateFacts): boolean {
  const { template, spec, buildkits } = facts
  const hasPatch = spec.podSpecPatch !== undefined || buildkits.some(({ value }) => value.spec.podSpecPatch)
  if (!hasPatch) return false
  const { state, configuration } = modeOf(spec)
  const pods = buildkits.length === 0 ? [undefined] : buildkits
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

function mappingsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isMapping) : []
}
