import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeChecksums } from '../../release/checksums.ts'
import { requireReplaceable } from '../../release/output-folder.ts'

test('a release replaces nothing, an empty folder and an earlier release, and nothing else', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'output-'))
  try {
    const folder = join(parent, 'release')
    await requireReplaceable(folder)
    await mkdir(folder)
    await requireReplaceable(folder)
    await writeFile(join(folder, 'install.yaml'), '')
    const message = `--output must be a new folder, or one that contains an earlier release and nothing else, got ${folder}; move it away`
    await assert.rejects(requireReplaceable(folder), { message })
    await makeChecksums(folder)
    await requireReplaceable(folder)
    await mkdir(join(folder, '.git'))
    await assert.rejects(requireReplaceable(folder), { message })
    const link = join(parent, 'link')
    await symlink(folder, link)
    await assert.rejects(requireReplaceable(link), { message: `--output must be a folder, got another file: ${link}` })
  } finally {
    await rm(parent, { recursive: true })
  }
})
