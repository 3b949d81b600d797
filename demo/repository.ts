import { cp, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import type { Node } from '../test/harness/node/node.ts'
import { binary } from '../test/harness/servers/binaries.ts'
import { show } from './say.ts'

const PACKAGE = join(import.meta.dirname, 'package')
const RENDER = join(import.meta.dirname, '../fn/main.ts')

/** Types a command in a shell: shows it, runs it and shows what it prints. Rejects if it fails. */
export type Type = (command: string) => Promise<void>

/** Puts the demo's package into a new Git repository, whose shell has `render-buildkit` and a `kubectl` for one namespace. */
export async function createRepository(node: Node, namespace: string): Promise<Type> {
  const [bin, folder] = [join(node.folder, 'demo-bin'), join(node.folder, 'demo')]
  await cp(PACKAGE, join(folder, 'builders'), { recursive: true })
  await mkdir(bin)
  const program = `#!/bin/sh\nexec '${process.execPath}' '${RENDER}' "$@"\n`
  await writeFile(join(bin, 'render-buildkit'), program, { mode: 0o755 })
  const kubeconfig = join(node.folder, 'demo-kubeconfig')
  await cp(node.kubeconfig, kubeconfig)
  const env = {
    ...process.env,
    ...author('AUTHOR'),
    ...author('COMMITTER'),
    HOME: folder,
    KUBECONFIG: kubeconfig,
    PATH: [bin, dirname(binary('kubectl')), process.env.PATH].join(delimiter),
  }
  const run = async (command: string) => {
    const script = `exec 2>&1; ${command}`
    const { code, stdout } = await node.run('bash', ['-eo', 'pipefail', '-c', script], { cwd: folder, env })
    if (code !== 0) throw new Error(`${command}: ${stdout}`)
    return stdout
  }
  await run(`git init -q && kubectl config set-context --current --namespace ${namespace}`)
  return async (command) => show(command, await run(command))
}

function author(role: string): Readonly<Record<string, string>> {
  return { [`GIT_${role}_NAME`]: 'demo', [`GIT_${role}_EMAIL`]: 'demo@example.com' }
}
