import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { correctedTemplate, filesIn, fix, folderOf, template } from './folder.ts'

const TESTS = import.meta.dirname
const MAIN = join(TESTS, '../../../fn/main.ts')
const named = (name: string, text: string) => text.replace('name: small', `name: ${name}`)
const filesWith = (text: string) => ({ 'a.yaml': named('a', text), 'b.yaml': named('b', text) })

/** How `fix` of a folder ends that is killed before its nth change of a file. */
function fixKilledAt(count: number, folder: string): NodeJS.Signals | null {
  const { signal } = spawnSync(process.execPath, ['--import', join(TESTS, 'kill-at.ts'), MAIN, 'fix', folder], {
    env: { ...process.env, KILL_AT: String(count) },
  })
  return signal
}

test('after a fix that was killed, whenever that was, every file is whole, and the next fix does the rest', async () => {
  const [before, after] = [filesWith(template), filesWith(correctedTemplate)]
  for (let count = 1, signal: NodeJS.Signals | null = 'SIGKILL'; signal !== null; count++) {
    const folder = folderOf(`killed-${count}`, before)
    signal = fixKilledAt(count, folder)
    const { 'a.yaml': a = '', 'b.yaml': b = '' } = filesIn(folder)
    assert.ok([before['a.yaml'], after['a.yaml']].includes(a) && [before['b.yaml'], after['b.yaml']].includes(b))
    assert.equal((await fix(folder)).exitCode, 0)
    assert.deepEqual([filesIn(folder), readdirSync(folder)], [after, ['a.yaml', 'b.yaml']], `killed at ${count}`)
    assert.ok(signal === null || count < 50)
    rmSync(folder, { recursive: true })
  }
})
