import { join } from 'node:path'
import process from 'node:process'
import { buildExecutable } from '../release/executables/build-executable.ts'
import { buildGoPeer } from './build-go-peer.ts'
import { findHelm } from './find-helm.ts'

/** The peers' programs; undefined where this machine lacks what they need. */
export interface Peers {
  readonly go: string | undefined
  readonly helm: string | undefined
  /** Ours as a single executable. */
  readonly executable: string | undefined
}

/** Builds and finds what is measured beside ours; a Go program is built into `folder`. */
export async function findPeers(folder: string): Promise<Peers> {
  const program = join(folder, 'render-buildkit-go')
  return { go: buildGoPeer(program) ? program : undefined, helm: findHelm(), executable: await findExecutable(folder) }
}

async function findExecutable(folder: string): Promise<string | undefined> {
  return process.platform === 'linux' && process.arch === 'x64'
    ? await buildExecutable('linux-amd64', folder)
    : undefined
}
