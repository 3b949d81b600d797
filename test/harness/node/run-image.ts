import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import type { Node } from './node.ts'

export interface ImageRun {
  readonly image: string
  /** None for the image's own entrypoint. */
  readonly args?: readonly string[]
  readonly input?: string
  /** Where it runs; it cannot write there. */
  readonly folder?: string
}

/** `ctr` does not pass on the end of its input where that comes before the container runs. */
const WITH_INPUT = '{ cat "$0"; sleep 3; } | timeout --kill-after=1 60 "$@"'

/**
 * What a container writes on its standard output, run as Argo CD runs plugins: as user 999, on a read-only disk; and as kpt runs
 * functions, in a network namespace with nothing in it.
 */
export async function runImage(node: Node, { image, args = [], input = '', folder }: ImageRun): Promise<string> {
  const container = `run-${randomUUID()}`
  const file = join(node.folder, container)
  await writeFile(file, input)
  const ctr = [binary('ctr'), `--address=${node.folder}/run/containerd.sock`, '--namespace=k8s.io']
  const flags = ['--rm', '--read-only', '--user=999:999', `--runc-binary=${binary('runc')}`]
  const mount = folder ? [`--mount=type=bind,src=${folder},dst=/package,options=rbind:ro`, '--cwd=/package'] : []
  const command = [...ctr, 'run', ...flags, ...mount, image, container, ...args]
  const { code, stdout, stderr } = await node.run('sh', ['-euc', WITH_INPUT, file, ...command])
  assert.equal(code, 0, stdout + stderr)
  return stdout
}
