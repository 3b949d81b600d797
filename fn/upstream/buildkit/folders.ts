/** Where buildkitd keeps things: as root, in the host's or the Pod's own user namespace, and as the user of its rootless image. */
export const FOLDERS = {
  rootful: { state: '/var/lib/buildkit', configuration: '/etc/buildkit', sockets: '/run/buildkit' },
  rootless: {
    state: '/home/user/.local/share/buildkit',
    configuration: '/home/user/.config/buildkit',
    sockets: '/run/user/1000/buildkit',
  },
} as const

/** Those of a builder, which depend on nothing but its user. */
export function foldersOf({ rootless }: { readonly rootless: boolean }): (typeof FOLDERS)[keyof typeof FOLDERS] {
  return FOLDERS[rootless ? 'rootless' : 'rootful']
}
