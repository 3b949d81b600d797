import { join } from 'node:path'
import { buildGoPeer } from './build-go-peer.ts'
import { findHelm } from './find-helm.ts'

/** The peers' programs; undefined where this machine lacks what they need. */
export interface Peers {
  readonly go: string | undefined
  readonly helm: string | undefined
}

/** Builds and finds what is measured beside ours; a Go program is built into `folder`. */
export function findPeers(folder: string): Peers {
  const program = join(folder, 'render-buildkit-go')
  return { go: buildGoPeer(program) ? program : undefined, helm: findHelm() }
}
