import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { binary } from '../servers/binaries.ts'
import type { Cluster } from '../servers/cluster.ts'
import { runProgram } from '../servers/run-program.ts'
import type { Engine } from './engine.ts'
import { RENDER_BUILDKIT } from './render.ts'

const KPTFILE = `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: builders
pipeline:
  mutators:
    - exec: ${RENDER_BUILDKIT}
  validators:
    - exec: ${RENDER_BUILDKIT}
      configMap:
        mode: check
`
/** Of `kpt live apply`, where something is applied and not yet as it should be. */
const NOT_RECONCILED = 3
const FAILED = 1

/** kpt as a pipeline runs it: rendered in place, then applied. */
export async function startKptLive({ kubeconfig }: Pick<Cluster, 'kubeconfig'>): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'kpt-live-'))
  const env = { ...process.env, KUBECONFIG: kubeconfig, HOME: folder }
  const pkg = join(folder, 'builders')
  const kpt = async (args: readonly string[], codes: readonly number[] = [0]) => {
    const { code, stdout, stderr } = await runProgram(binary('kpt'), args, { env, cwd: folder })
    assert.ok(codes.includes(code ?? -1), `kpt ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`)
    return stdout
  }
  const render = async (manifests: string) => {
    await writeFile(join(pkg, 'builders.yaml'), manifests)
    await kpt(['fn', 'render', pkg, '--allow-exec'])
  }
  const apply = (codes: readonly number[]) => {
    const flags = ['--server-side', '--inventory-policy=adopt', '--reconcile-timeout=2s']
    return kpt(['live', 'apply', pkg, ...flags], codes)
  }
  await mkdir(pkg)
  await writeFile(join(pkg, 'Kptfile'), KPTFILE)
  await kpt(['live', 'install-resource-group'])
  await kpt(['live', 'init', pkg, '--namespace=default'])
  return {
    name: 'kpt live',
    healsByItself: false,
    sync: async (manifests) => {
      await render(manifests)
      await apply([0, NOT_RECONCILED])
    },
    again: async () => void (await apply([0])),
    refused: async (manifests) => {
      await render(manifests)
      return apply([FAILED, NOT_RECONCILED])
    },
    health: async () => worstIn(await kpt(['live', 'status', pkg])),
    healthy: 'Current',
    destroy: async () => void (await kpt(['live', 'destroy', pkg])),
    stop: () => rm(folder, { recursive: true }),
  }
}

/** Lines such as "inventory-1/buildkit.seatgeek.io/buildkit/default/shop is Current: Resource is Ready". */
function worstIn(output: string): string {
  const statuses = [...output.matchAll(/ is (\w+): /g)].map(([, status = '']) => status)
  return statuses.find((status) => status !== 'Current') ?? statuses[0] ?? output
}
