import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { binary } from '../../harness/servers/binaries.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { type Outcome, runProgram } from '../../harness/servers/run-program.ts'

/** Shells of a person who has kubectl, helm, docker and a cluster, and nothing of ours. */
export interface Terminal {
  readonly type: (command: string) => Promise<Outcome>
  /** Leaves a command running in a terminal of its own. Resolves with its output when it prints `text`, and rejects where it ends before. */
  readonly leave: (command: string, text: string) => Promise<string>
  readonly close: () => Promise<void>
}

const SHELL = ['-eo', 'pipefail', '-c'] as const

/** `home` is empty, and `cwd` is where the commands are typed. */
export async function openTerminal({ kubeconfig }: Cluster, home: string, cwd: string): Promise<Terminal> {
  const bin = join(home, 'bin')
  await mkdir(join(home, '.kube'), { recursive: true })
  await mkdir(bin)
  await writeFile(join(home, '.kube/config'), await kubeconfigText(kubeconfig))
  // As the plugin of that name, but without Docker.
  await writeFile(join(bin, 'docker'), `#!/bin/sh\nshift\nexec '${binary('buildx')}' "$@"\n`, { mode: 0o755 })
  const env = environment(home, [bin, dirname(binary('kubectl')), dirname(binary('helm'))])
  const closings: (() => Promise<void>)[] = []
  const leave = async (command: string, expected: string) => {
    const child = spawn('bash', [...SHELL, command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const closed = once(child, 'close')
    closings.push(async () => {
      // The whole group: npx has started a process of its own.
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await closed
    })
    let output = ''
    const printed = new Promise<string>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          output += chunk
          if (output.includes(expected)) resolve(output)
        })
    })
    const ended = closed.then(() => Promise.reject(new Error(`${command} has ended: ${output}`)))
    ended.catch(() => undefined)
    return Promise.race([printed, ended])
  }
  return {
    type: (command) => runProgram('bash', [...SHELL, command], { cwd, env }),
    leave,
    close: async () => {
      for (const close of closings) await close()
    },
  }
}

async function kubeconfigText(path: string): Promise<string> {
  const { stdout } = await runProgram('cat', [path])
  return stdout
}

/** What programs need for networks that have a proxy or an authority of their own. */
const NETWORK = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'NODE_EXTRA_CA_CERTS']

/** Packages come from npm's cache where it has them; the controller opens no port that another test may want. */
function environment(home: string, folders: readonly string[]): NodeJS.ProcessEnv {
  const own = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.endsWith('node_modules/.bin'))
  const { HOME, npm_config_cache = join(HOME ?? '', '.npm') } = process.env
  const network = NETWORK.map((name) => [name, process.env[name]] as const).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(network),
    HOME: home,
    PATH: [...folders, dirname(process.execPath), ...own].join(delimiter),
    npm_config_cache,
    npm_config_prefer_offline: 'true',
    npm_config_update_notifier: 'false',
    BUILDKIT_CONTROLLER_HEALTH_ADDRESS: '0',
    BUILDKIT_CONTROLLER_METRICS_ADDRESS: '0',
  }
}
