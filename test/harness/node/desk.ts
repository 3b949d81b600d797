import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { binary } from '../servers/binaries.ts'
import type { Outcome } from '../servers/run-program.ts'
import type { Node } from './node.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** A machine that reaches Pods, with docker, kubectl and a clone of this repository, in whose folder is something to build. */
export interface Desk {
  readonly folder: string
  /** As the ServiceAccount `runner` of the namespace `ci`. */
  readonly bash: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>
  /** As who may do everything. */
  readonly asAdmin: Desk['bash']
}

/** Makes the namespace and the ServiceAccount as well. */
export async function setUpDesk(node: Node): Promise<Desk> {
  const folder = join(node.folder, 'desk')
  for (const name of ['bin', 'home']) await mkdir(join(folder, name), { recursive: true })
  for (const name of ['config', 'examples']) await symlink(join(ROOT, name), join(folder, name))
  await symlink(binary('kubectl'), join(folder, 'bin/kubectl'))
  // docker runs its plugins in the same way.
  await writeFile(
    join(folder, 'bin/docker'),
    `#!/bin/sh\n[ "$1" = buildx ] && shift && exec ${binary('buildx')} "$@"\n`,
  )
  await chmod(join(folder, 'bin/docker'), 0o755)
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
  await node.kubectl(['create', 'namespace', 'ci'])
  await node.kubectl(['create', 'serviceaccount', 'runner', '--namespace=ci'])
  const token = await node.kubectl(['create', 'token', 'runner', '--namespace=ci'])
  const config = JSON.parse(await readFile(node.kubeconfig, 'utf8'))
  config.users[0].user.token = token.trim()
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, JSON.stringify(config))
  const PATH = [join(folder, 'bin'), process.env.PATH].join(delimiter)
  const bashWith =
    (KUBECONFIG: string) =>
    (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      node.run('bash', ['--norc', ...args], {
        cwd: folder,
        env: { PATH, HOME: join(folder, 'home'), KUBECONFIG, ...env },
      })
  return { folder, bash: bashWith(kubeconfig), asAdmin: bashWith(node.kubeconfig) }
}
