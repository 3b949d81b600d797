import type { TemplateFacts } from './facts.ts'

/** Where user 1000 may write in BuildKit's rootless image. */
const OF_USER = ['/home/user/', '/run/user/1000/', '/tmp/', '/var/tmp/', '/dev/shm/']

/** Where `buildkitdToml` is mounted, and nobody may write. */
const MOUNTS = { rootful: '/etc/buildkit/', rootless: '/home/user/.config/buildkit/' }

/** Whether buildkitd may make a file in BuildKit's own image. */
export function isWritable(file: string, { spec }: Pick<TemplateFacts, 'spec'>): boolean {
  if (file === '') return true
  if (spec.buildkitdToml && `${file}/`.startsWith(spec.rootless ? MOUNTS.rootless : MOUNTS.rootful)) return false
  return !spec.rootless || OF_USER.some((folder) => file.startsWith(folder))
}
