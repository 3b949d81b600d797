import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { benchmarksPage } from './benchmarks-page.ts'
import { comparePods } from './compare-pods.ts'
import { BUNDLE } from './contenders.ts'
import { findPeers } from './find-peers.ts'
import { machine } from './machine.ts'
import { measureWith } from './measure.ts'
import { measureSize, type Size, type Track } from './measure-size.ts'
import type { Laps } from './race.ts'

const PAGE = new URL('../docs/benchmarks.md', import.meta.url)

const folder = mkdtempSync(join(tmpdir(), 'render-buildkit-bench-'))
try {
  if (!existsSync(BUNDLE)) throw new Error('must have dist/render-buildkit.cjs to measure; run `npm run build` first')
  bench({ measure: measureWith(join(folder, 'time.txt')), peers: await findPeers(folder), folder })
} finally {
  rmSync(folder, { recursive: true })
}

function bench(track: Track): void {
  const { go, helm } = track.peers
  if (!go) say('no Go here: the Go function is skipped')
  if (!helm) say('no Helm here: helm template is skipped; `npm run tools` builds it')
  comparePods(track)
  const sized = (laps: Laps): Size => {
    say(`${laps.count} Buildkits, ${laps.rounds} runs of each program`)
    return measureSize(track, laps)
  }
  const sizes = [
    sized({ count: 1, rounds: 15 }),
    sized({ count: 1000, rounds: 9 }),
    sized({ count: 10_000, rounds: 5 }),
  ] as const
  const page = benchmarksPage(sizes, track.peers, machine(track.peers))
  writeFileSync(PAGE, page)
  process.stdout.write(page)
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
