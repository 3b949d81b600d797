import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** Builds the Go function in peers/go into the file `output`; false where there is no Go. Its build cache makes a second time quick. */
export function buildGoPeer(output: string): boolean {
  const { error, status, stderr } = spawnSync('go', ['build', '-trimpath', '-o', output, '.'], {
    cwd: fileURLToPath(new URL('peers/go', import.meta.url)),
    env: { ...process.env, CGO_ENABLED: '0' },
    encoding: 'utf8',
  })
  if (error) return false
  if (status !== 0) throw new Error(`could not build the Go function: ${stderr}`)
  return true
}
