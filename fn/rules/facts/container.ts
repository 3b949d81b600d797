import type { TomlDocument } from '../../toml/read-toml.ts'
import { valueAt } from '../../toml/values-at.ts'
import { startsBuildkitd } from '../../upstream/buildkit/command-flags.ts'
import { foldersOf } from '../../upstream/buildkit/folders.ts'
import { isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import type { TemplateFacts } from './facts.ts'

export type Worker = 'oci' | 'containerd'

/** Whether buildkitd starts this worker: that of runc if nothing says otherwise, that of containerd only if something says so. */
export function isWorkerOn(toml: TomlDocument, worker: Worker): boolean {
  const enabled = valueAt(toml, ['worker', worker, 'enabled'])?.value
  return worker === 'oci' ? enabled !== false : enabled === true
}

/** The workers that buildkitd starts. */
export function workersOn(toml: TomlDocument): readonly Worker[] {
  return (['oci', 'containerd'] as const).filter((worker) => isWorkerOn(toml, worker))
}

/** Whether all that is in the container is known: BuildKit's own image, and nothing is run but what is in it. */
export function isPlainBuildkit({ image, spec }: TemplateFacts): boolean {
  return isBuildkitImage(image) && (!spec.command?.length || startsBuildkitd(spec.command))
}

/** Where user 1000 may write in BuildKit's rootless image. */
const OF_USER = ['/home/user/', '/run/user/1000/', '/tmp/', '/var/tmp/', '/dev/shm/']

/** Whether buildkitd may make a file in BuildKit's own image. */
export function isWritable(file: string, { spec }: Pick<TemplateFacts, 'spec'>): boolean {
  if (file === '') return true
  // The mount of `buildkitdToml` is read-only.
  if (spec.buildkitdToml && `${file}/`.startsWith(`${foldersOf(spec).configuration}/`)) return false
  return !spec.rootless || OF_USER.some((folder) => file.startsWith(folder))
}
