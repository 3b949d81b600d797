import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { binary } from '../../test/harness/servers/binaries.ts'
import { runProgram } from '../../test/harness/servers/run-program.ts'
import type { Collected } from './collect.ts'

const WIDTH = 1280

/** Draws a dashboard in a browser without a screen, as a PNG. */
export async function draw(collected: Collected, file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-'))
  const page = join(folder, 'page.html')
  await writeFile(page, await pageOf(collected))
  const rows = Math.max(...collected.dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h))
  const flags = [
    `--user-data-dir=${folder}/profile`,
    `--window-size=${WIDTH},${rows * 30 + 60}`,
    `--screenshot=${file}`,
  ]
  const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--virtual-time-budget=2000']
  const { code, stderr } = await runProgram(binary('chromium'), [...quiet, ...flags, pathToFileURL(page).href])
  await rm(folder, { recursive: true })
  if (code !== 0) throw new Error(stderr)
}

async function pageOf(collected: Collected): Promise<string> {
  const [script, style] = await Promise.all(
    [import.meta.resolve('./page.mjs'), import.meta.resolve('./page.css')].map(bundled),
  )
  const data = JSON.stringify(collected).replaceAll('<', '\\u003c')
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><body><script>const collected = ${data}</script><script>${script}</script>`
}

async function bundled(url: string): Promise<string> {
  const entryPoints = [fileURLToPath(url)]
  const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: 'iife', outdir: '/' })
  return outputFiles.map(({ text }) => text).join('')
}
