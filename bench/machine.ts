import { spawnSync } from 'node:child_process'
import { availableParallelism, totalmem } from 'node:os'
import process from 'node:process'
import type { Peers } from './find-peers.ts'

/** The day, the shape of this machine and the versions of what is measured, in words that say nothing else about it. */
export function machine({ go, helm }: Partial<Peers>): string {
  const cores = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`
  const versions = [
    `Node ${process.version}`,
    ...(go ? [`Go ${outputOf('go', ['env', 'GOVERSION']).replace(/^go/, '')}`] : []),
    ...(helm ? [`Helm ${outputOf(helm, ['version', '--template', '{{.Version}}'])}`] : []),
  ]
  const date = new Date().toISOString().slice(0, 10)
  return `${date}: ${process.platform} ${process.arch}, ${cores}; ${versions.join(', ')}`
}

function outputOf(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout.trim()
}
