import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import type { Node } from './node.ts'
import { PROXY_SOCKET } from './read-object.ts'

const ADDRESS = '127.0.0.53'

/** Starts what knows the names of Services; the path of a resolv.conf that names it. */
export async function startResolver(node: Node): Promise<string> {
  const program = join(import.meta.dirname, 'service-names.ts')
  node.start(process.execPath, [program, join(node.folder, PROXY_SOCKET), ADDRESS], 'service-names.log')
  const path = join(node.folder, 'resolv.conf')
  await writeFile(path, `nameserver ${ADDRESS}\n`)
  return path
}
