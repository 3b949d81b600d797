import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFormula } from '../../release/formula.ts'

const RELEASE = { version: '0.2.0', revision: '', epoch: 0, builder: undefined, platforms: [] }
const DOWNLOADS = 'https://github.com/buildkit-gitops/buildkit-gitops/releases/download/v0.2.0'

test('the formula of Homebrew names the archive of each machine with its checksum', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'formula-'))
  try {
    const platforms = ['darwin-arm64', 'darwin-amd64', 'linux-arm64', 'linux-amd64']
    for (const platform of platforms) await writeFile(join(folder, `render-buildkit-${platform}.tar.gz`), platform)
    await makeFormula({ ...RELEASE, folder })
    const formula = await readFile(join(folder, 'render-buildkit.rb'), 'utf8')
    const named = [...formula.matchAll(/on_(\w+) do\n {4}on_(\w+) do\n {6}url "(.*)"\n {6}sha256 "(.*)"/g)]
    const machines = ['macos arm', 'macos intel', 'linux arm', 'linux intel']
    assert.deepEqual(
      named.map(([, system, processor, url, sha256]) => [`${system} ${processor}`, url, sha256]),
      platforms.map((platform, at) => [
        machines[at],
        `${DOWNLOADS}/render-buildkit-${platform}.tar.gz`,
        createHash('sha256').update(platform).digest('hex'),
      ]),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('there is no formula for an archive that is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'formula-'))
  try {
    const made = makeFormula({ ...RELEASE, folder })
    await assert.rejects(made, {
      message: 'must have render-buildkit-darwin-arm64.tar.gz, which the formula of Homebrew names',
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})
