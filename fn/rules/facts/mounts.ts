import { CONTAINER } from '../../../crds/names.ts'
import { oncePer } from '../../common/collections.ts'
import { mappingsIn } from '../../input/item.ts'
import { patchedSpec, usability } from '../../render/pod-spec-patch.ts'
import { CERTIFICATES, keysOfSecret } from '../../render/tls.ts'
import { foldersOf } from '../../upstream/buildkit/folders.ts'
import type { TemplateFacts } from './facts.ts'

/**
 * Whether a file or folder may be in a volume that `podSpecPatch` or `spec.tls` mounts, in every Pod of a template. A patch with a mistake may
 * mount anything: its error says enough.
 */
export function isMounted(file: string, facts: TemplateFacts): boolean {
  const { tls } = facts.spec
  if (tls && keysOfSecret(tls).some((key) => file === `${CERTIFICATES}/${key}`)) return true
  if (!usability(facts.template.value).isUsable) return true
  const pods = mountPathsOf(facts)
  const { state, configuration } = foldersOf(facts.spec)
  const own = [state, configuration, ...(tls ? [CERTIFICATES] : [])]
  const isUsers = (path: string) => !own.includes(path)
  return (
    pods.length > 0 &&
    pods.every((paths) => paths.some((path) => isUsers(path) && `${file}/`.startsWith(`${path.replace(/\/+$/, '')}/`)))
  )
}

/** Where volumes are, once for Pods that are alike; nothing where no Pod is patched. */
const mountPathsOf = oncePer(({ template, spec, buildkits }: TemplateFacts): readonly (readonly string[])[] => {
  const patched = buildkits.filter(({ value }) => value.spec.podSpecPatch)
  if (!spec.podSpecPatch && patched.length === 0) return []
  const pods = patched.length < buildkits.length || buildkits.length === 0 ? [undefined, ...patched] : patched
  return pods.map((buildkit) => mountPathsIn(patchedSpec(template.value, buildkit?.value)))
})

/** Where volumes are in the container of a builder. */
function mountPathsIn({ containers }: Readonly<Record<string, unknown>>): readonly string[] {
  const builder = mappingsIn(containers).find(({ name }) => name === CONTAINER)
  return mappingsIn(builder?.volumeMounts).map(({ mountPath }) => String(mountPath))
}
