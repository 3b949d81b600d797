import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { GO_ENVIRONMENT } from './go-environment.ts'

/** Where Go keeps the files of a module, at the version that the go.mod of a folder beside this file pins; gets them if need be. */
export function moduleFolder(folder: string, module: string): string {
  const { status, stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', module], {
    cwd: join(import.meta.dirname, folder),
    env: GO_ENVIRONMENT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`could not get ${module}: ${stdout}${stderr}`)
  return JSON.parse(stdout).Dir
}
