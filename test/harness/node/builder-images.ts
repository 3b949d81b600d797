import { chmod, chown, copyFile, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import { copyWithLibraries } from './copy-with-libraries.ts'
import { writeImage } from './image.ts'
import { succeed } from './succeed.ts'

const BUSYBOX = '/bin/busybox'
const APPLETS = 'sh cat grep sleep ls ps kill mkdir id date env awk wc tr true chmod chown stat find touch'.split(' ')
const TAG = 'docker.io/moby/buildkit:v0.34.2'

/**
 * Writes the images that a node needs into a folder; the paths of their tars. They are not the published images: buildkitd of the same
 * version with busybox and runc, where the published ones have Alpine Linux.
 */
export async function writeBuilderImages(folder: string): Promise<readonly string[]> {
  return [await pause(folder), await privileged(folder), await rootless(folder)]
}

async function pause(folder: string): Promise<string> {
  const rootFolder = await rootWithBusybox(folder, 'pause')
  const Entrypoint = ['/bin/sleep', '2147483647']
  return write(folder, { name: 'registry.k8s.io/pause:3.10', rootFolder, config: { Entrypoint } })
}

async function privileged(folder: string): Promise<string> {
  const rootFolder = await rootWithBusybox(folder, 'privileged')
  await addBuildkit(rootFolder)
  return write(folder, { name: TAG, rootFolder, config: { Entrypoint: ['buildkitd'] } })
}

/** Its helpers have file capabilities: bits of setuid would need CAP_SYS_ADMIN in the container. */
async function rootless(folder: string): Promise<string> {
  const rootFolder = await rootWithBusybox(folder, 'rootless')
  await addBuildkit(rootFolder)
  await copyFile(binary('rootlesskit'), join(rootFolder, 'usr/bin/rootlesskit'))
  for (const [name, capability] of [
    ['newuidmap', 'cap_setuid=ep'],
    ['newgidmap', 'cap_setgid=ep'],
  ] as const) {
    await copyWithLibraries(`/usr/bin/${name}`, rootFolder)
    await chmod(join(rootFolder, 'usr/bin', name), 0o755)
    await succeed('setcap', [capability, join(rootFolder, 'usr/bin', name)])
  }
  const etc = join(rootFolder, 'etc')
  await writeFile(join(etc, 'passwd'), 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/home/user:/bin/sh\n')
  await writeFile(join(etc, 'subuid'), 'user:100000:65536\n')
  await writeFile(join(etc, 'subgid'), 'user:100000:65536\n')
  for (const own of [
    'home/user',
    'home/user/.local',
    'home/user/.local/share',
    'home/user/.local/tmp',
    'home/user/.config',
    'run/user',
    'run/user/1000',
  ]) {
    await mkdir(join(rootFolder, own), { recursive: true })
    await chown(join(rootFolder, own), 1000, 1000)
  }
  const Env = [
    'HOME=/home/user',
    'USER=user',
    'XDG_RUNTIME_DIR=/run/user/1000',
    'TMPDIR=/home/user/.local/tmp',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  ]
  const config = { Entrypoint: ['rootlesskit', 'buildkitd'], User: '1000:1000', Env }
  return write(folder, { name: `${TAG}-rootless`, rootFolder, config })
}

async function write(folder: string, image: Parameters<typeof writeImage>[0]): Promise<string> {
  const path = join(folder, `${image.name.replaceAll(/[/:]/g, '-')}.tar`)
  await writeImage(image, path)
  await rm(image.rootFolder, { recursive: true })
  return path
}

async function rootWithBusybox(folder: string, name: string): Promise<string> {
  const root = join(folder, name)
  for (const each of ['bin', 'usr/bin', 'etc', 'run', 'root', 'proc', 'sys', 'dev', 'var/lib'])
    await mkdir(join(root, each), { recursive: true })
  await mkdir(join(root, 'tmp'))
  await chmod(join(root, 'tmp'), 0o1777)
  await cp(BUSYBOX, join(root, 'bin/busybox'))
  for (const applet of APPLETS) await symlink('/bin/busybox', join(root, 'bin', applet))
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  return root
}

/** runc is a static program here, and so serves inside the image as well; Debian's busybox lacks flock, which Alpine's has. */
async function addBuildkit(root: string): Promise<void> {
  await copyWithLibraries('/usr/bin/flock', root)
  for (const program of ['buildkitd', 'buildctl'] as const)
    await copyFile(binary(program), join(root, 'usr/bin', program))
  await copyFile(binary('runc'), join(root, 'usr/bin/buildkit-runc'))
}
