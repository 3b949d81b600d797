import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { REPOSITORY } from '../run.ts'
import type { Component } from './component.ts'

const ENTRIES = ['fn/main.ts', 'fn/kpt-function.ts', 'controller/main.ts']

/** The packages of npm of which the bundles contain at least one file. */
export async function bundledPackages(): Promise<readonly Component[]> {
  const { metafile } = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: ENTRIES,
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
    outdir: 'dist',
    logLevel: 'error',
  })
  const folders = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).map(packageFolder))
  const unique = [...new Set(folders.filter((folder) => folder !== undefined))].sort()
  return Promise.all(unique.map(packageIn))
}

/** `node_modules/@kubernetes/client-node` of a file in it; undefined for our own. */
function packageFolder(path: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]
}

async function packageIn(folder: string): Promise<Component> {
  const { name, version, license } = JSON.parse(await readFile(join(REPOSITORY, folder, 'package.json'), 'utf8'))
  return { name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}`, license }
}
