import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { startCrdCluster } from '../../test/harness/servers/crd-cluster.ts'
import { freePorts } from '../../test/harness/servers/free-ports.ts'

export const BUNDLE = fileURLToPath(new URL('../../dist/buildkit-controller.cjs', import.meta.url))

export type Cluster = Awaited<ReturnType<typeof startCrdCluster>>

/** The bundled controller at work on a cluster. */
export interface Controller {
  /** Milliseconds from its start until it was ready. */
  readonly readyMilliseconds: number
  readonly metric: (name: string, labels?: string) => Promise<number>
  readonly megabytes: () => { readonly resident: number; readonly peak: number }
  readonly cpuSeconds: () => number
  readonly signal: (name: NodeJS.Signals) => void
  /** Ends it, and waits. */
  readonly stop: () => Promise<void>
  readonly ended: Promise<void>
}

/** As in the container of a release: with the credentials of a Pod, which it finds in a mount namespace of its own. */
export async function startController(cluster: Cluster, ...args: readonly string[]): Promise<Controller> {
  const [health = 0, metrics = 0] = await freePorts(2)
  const addresses = [`--health-address=127.0.0.1:${health}`, `--metrics-address=127.0.0.1:${metrics}`]
  const { hostname, port } = new URL(cluster.url)
  const start = performance.now()
  const child = spawn('unshare', ['--mount', 'sh', '-euc', AS_A_POD, process.execPath, BUNDLE, ...addresses, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      TOKEN: cluster.token,
      CA: join(dirname(cluster.kubeconfig), 'pki/apiserver.crt'),
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
      BUILDKIT_CONTROLLER_LOG_LEVEL: 'error',
    },
  })
  const ended = once(child, 'close').then(() => undefined)
  process.on('exit', () => child.kill('SIGKILL'))
  await readyAt(`http://127.0.0.1:${health}/readyz`, child)
  const scrape = async () => (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
  return {
    readyMilliseconds: performance.now() - start,
    metric: async (name, labels = '') => metricIn(await scrape(), name, labels),
    megabytes: () => memoryOf(child),
    cpuSeconds: () => cpuOf(child),
    signal: (name) => void child.kill(name),
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
    ended,
  }
}

/** What a kubelet mounts into a Pod; each shell and `unshare` becomes the next program, so that the process stays the same. */
const AS_A_POD = `
  mount -t tmpfs tmpfs /run
  folder=/run/secrets/kubernetes.io/serviceaccount
  mkdir -p "$folder"
  printf %s "$TOKEN" > "$folder/token"
  cp "$CA" "$folder/ca.crt"
  exec "$0" "$@"`

async function readyAt(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    if (child.exitCode !== null) throw new Error(`the controller ended with exit code ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** The sum of a metric's series whose labels contain a text. */
function metricIn(text: string, name: string, labels: string): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return lines.filter((line) => line.includes(labels)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

function memoryOf({ pid }: ChildProcess) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}

/** User and system time, in the ticks of a hundredth of a second that Linux counts in. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
