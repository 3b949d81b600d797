import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { suite, test } from 'node:test'
import { parse } from 'yaml'
import { RULES } from '../../../../fn/rules/book.ts'
import { exampleText } from '../../../../fn/rules/example.ts'
import { binary, needs } from '../../../harness/servers/binaries.ts'
import { runProgram } from '../../../harness/servers/run-program.ts'

const needsRoot = process.getuid?.() === 0 ? false : 'needs root, as buildkitd does'

/** How buildkitd ends with a configuration that it is not to start with. */
async function ended(toml: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'buildkitd-'))
  try {
    const at = (name: string) => join(folder, name)
    writeFileSync(at('buildkitd.toml'), toml)
    const args = ['--config', at('buildkitd.toml'), '--root', at('state'), '--addr', `unix://${at('buildkitd.sock')}`]
    const env = { ...process.env, PATH: [process.env.PATH, dirname(binary('runc'))].join(delimiter) }
    return await runProgram(binary('buildkitd'), [...args, '--otel-socket-path', at('otel.sock')], { env })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

suite('a configuration of which BuildKit is said to end', { skip: needsRoot || needs('buildkitd', 'runc') }, () => {
  for (const { id, text, cannotWork } of RULES.filter(({ chapter }) => chapter === 'buildkitd-toml')) {
    const { what, example } = text()
    const { image, buildkitdToml } = parse(exampleText(example.wrong)).spec
    // What ends older releases alone is not theirs to show.
    if (!cannotWork || image) continue
    test(`ends it: ${id} ${what}`, { timeout: 60_000 }, async () => {
      const { code, stderr } = await ended(buildkitdToml)
      assert.equal(code, 1, stderr)
      assert.match(stderr, /^buildkitd: /m)
    })
  }
})
