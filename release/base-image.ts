import { chmod, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nodeBinary } from './node-binaries.ts'
import { type Image, writeLayout } from './oci/write-layout.ts'
import type { Release } from './release.ts'
import { run } from './run.ts'
import type { Component } from './sbom/component.ts'
import { debianPackage } from './sbom/debian-package.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

/** What the Dockerfiles of the programs begin with, unless a build replaces it. */
export const BASE_IMAGE = 'gcr.io/distroless/nodejs24-debian12:nonroot'

const ARCHITECTURES = ['amd64', 'arm64'] as const

/**
 * Writes the base of our images as an OCI layout: Node.js at /nodejs/bin/node, the libraries of Debian that it is linked with, and a
 * user who is not root. There is nothing else, and no shell. Returns the packages of Debian in it. Why it is ours:
 * docs/decisions/0030-what-a-release-contains.md.
 */
export function writeBaseImage({ epoch }: Pick<Release, 'epoch'>, folder: string): Promise<readonly Component[]> {
  return inTemporaryFolder(async (scratch) => {
    const images: Image[] = []
    const packages: Component[] = []
    for (const architecture of ARCHITECTURES) {
      const rootFolder = join(scratch, architecture)
      await writeRoot(architecture, rootFolder)
      const config = { Entrypoint: ['/nodejs/bin/node'], User: '65532:65532' }
      images.push({ name: BASE_IMAGE, architecture, rootFolder, config, epoch })
      packages.push(...(await packagesIn(rootFolder)))
    }
    await writeLayout(images, folder)
    return packages
  })
}

/** Writes the files of the base for one architecture. */
export async function writeRoot(architecture: (typeof ARCHITECTURES)[number], root: string): Promise<void> {
  const debian = `${root}-debian`
  await extractPackages(architecture, debian)
  await copyLibraries(debian, root)
  await put(await nodeBinary(`linux-${architecture}`), join(root, 'nodejs/bin/node'))
  for (const [path, text] of Object.entries(USERS)) await writeFile(join(root, path), text)
  for (const path of ['tmp', 'home/nonroot']) await mkdir(join(root, path), { recursive: true })
}

async function packagesIn(root: string): Promise<readonly Component[]> {
  const folder = join(root, RECORDS)
  const records = (await readdir(folder)).sort()
  return Promise.all(records.map(async (record) => debianPackage(await readFile(join(folder, record), 'utf8'))))
}

const SUITE = 'trixie'
const PACKAGES = ['libc6', 'libgcc-s1', 'libstdc++6']

/** Where scanners look for the packages of distroless images. */
const RECORDS = 'var/lib/dpkg/status.d'
const RECORD = `mkdir -p "$1/${RECORDS}" && for deb in "$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb --field "$deb" >"$1/${RECORDS}/$(dpkg-deb --field "$deb" Package)" || exit
done`

/**
 * Packages as their signed index has them today, unpacked and not configured, so that one machine can do it for all architectures.
 * mmdebstrap runs as root, or as what looks like root to it: fakeroot needs no permission, and only devices are different, which stay behind.
 */
async function extractPackages(architecture: string, folder: string): Promise<void> {
  const what = ['--variant=extract', `--include=${PACKAGES.join(',')}`, `--architectures=${architecture}`]
  await run('fakeroot', ['mmdebstrap', '--mode=root', ...what, `--extract-hook=${RECORD}`, SUITE, folder])
}

/** Libraries and their loader, licenses and the record of the packages; not what converts character sets, or what debuggers read. */
async function copyLibraries(debian: string, root: string): Promise<void> {
  const isWanted = (path: string) =>
    /^(usr|var|etc)?$|^usr\/lib(64)?(\/[^/]*-linux-gnu(\/[^/]*)?|\/ld-linux[^/]*)?$/.test(path) ||
    /^usr\/share(\/doc(\/[^/]*(\/copyright)?)?)?$|^var\/lib(\/dpkg(\/status\.d(\/.*)?)?)?$/.test(path) ||
    /^etc\/ld\.so\.conf(\.d(\/.*)?)?$/.test(path)
  const filter = (source: string) => isWanted(source.slice(debian.length + 1))
  await cp(debian, root, { recursive: true, verbatimSymlinks: true, filter })
  for (const folder of ['lib', 'lib64']) await symlink(`usr/${folder}`, join(root, folder))
}

const USERS = {
  'etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
  'etc/group': 'root:x:0:\nnonroot:x:65532:\n',
  'etc/nsswitch.conf': 'hosts: files dns\n',
}

async function put(program: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await cp(program, path)
  await chmod(path, 0o755)
}
