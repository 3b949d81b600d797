import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { succeed } from './succeed.ts'

/** Copies a program into the root of an image as `target`, with the libraries that it is linked with. */
export async function copyWithLibraries(program: string, root: string, target = program): Promise<void> {
  const listed = await succeed('ldd', [program])
  const libraries = [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path)
  for (const [from, to] of [[program, target], ...libraries.map((path) => [path, path])] as const) {
    await mkdir(dirname(join(root, to)), { recursive: true })
    await cp(from, join(root, to), { dereference: true })
  }
}
