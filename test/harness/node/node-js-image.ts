import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { copyWithLibraries } from './copy-with-libraries.ts'
import { writeLayout } from './image.ts'

/** What the Dockerfiles begin with. */
export const NODE_JS_IMAGE = 'gcr.io/distroless/nodejs24-debian12:nonroot'

/**
 * Writes a stand-in for that image, for both platforms, as an OCI layout: Node.js where it is there, no shell, a user who is not root.
 * What stands for arm64 does not run.
 */
export async function writeNodeJsImage(folder: string): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'node-js-'))
  try {
    for (const each of ['etc', 'tmp', 'home/nonroot', 'usr/local/bin'])
      await mkdir(join(root, each), { recursive: true })
    await writeFile(
      join(root, 'etc/passwd'),
      'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n',
    )
    await copyWithLibraries(process.execPath, root, '/nodejs/bin/node')
    const config = { Entrypoint: ['/nodejs/bin/node'], User: '65532' }
    const image = { name: NODE_JS_IMAGE, rootFolder: root, config }
    await writeLayout([image, { ...image, architecture: 'arm64' }], folder)
  } finally {
    await rm(root, { recursive: true })
  }
}
