import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { signedAdHoc } from '../../release/executables/sign-ad-hoc.ts'
import { runProgram } from '../harness/servers/run-program.ts'

const PAGE = 4096
const HEADER_LENGTH = 32
const CODE_SIGNATURE = 0x1d
/** From the start of a signature to its first hash, for the name `a.out`. */
const FIRST_HASH = 20 + 88 + 'a.out'.length + 1

const skip = spawnSync('go', ['version']).status === 0 ? false : 'must have Go'

test('a program for macOS is signed as the linker of Go signs it', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sign-'))
  try {
    writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() { println("signed") }\n')
    const env = { ...process.env, GOOS: 'darwin', GOARCH: 'arm64', CGO_ENABLED: '0' }
    await runProgram('go', ['build', '-o', join(folder, 'a.out'), join(folder, 'main.go')], { env })
    const theirs = readFileSync(join(folder, 'a.out'))
    const { file, signature } = unsigned(theirs)
    const ours = signedAdHoc(file, 'a.out')
    // The first page has the commands, in which only the place of one differs, and the first hash is that of the page.
    const [hash, end] = [signature + FIRST_HASH, signature + FIRST_HASH + 32]
    assert.ok(ours.subarray(PAGE, hash).equals(theirs.subarray(PAGE, hash)))
    assert.deepEqual(ours.subarray(hash, end), createHash('sha256').update(ours.subarray(0, PAGE)).digest())
    assert.ok(ours.subarray(end).equals(theirs.subarray(end)))
    assert.deepEqual(withoutPadding(ours), withoutPadding(theirs))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Go does not round up how much memory the last segment takes, as the linker of Apple does. */
function withoutPadding(file: Buffer): readonly string[] {
  const name = Buffer.from('__LINKEDIT').toString('hex')
  const commands = commandsOf(file).map((hex) => (hex.startsWith(name, 16) ? hex.slice(0, 64) + hex.slice(80) : hex))
  return commands.sort()
}

/** In hexadecimal. */
function commandsOf(file: Buffer): string[] {
  const commands: string[] = []
  for (let at = HEADER_LENGTH, left = file.readUInt32LE(16); left > 0; left--) {
    const next = at + file.readUInt32LE(at + 4)
    commands.push(file.toString('hex', at, next))
    at = next
  }
  return commands
}

/** The same executable without its signature, and where that was. */
function unsigned(signed: Buffer): { readonly file: Buffer; readonly signature: number } {
  const commands = commandsOf(signed).map((hex) => Buffer.from(hex, 'hex'))
  const command = commands.find((one) => one.readUInt32LE(0) === CODE_SIGNATURE)
  assert.ok(command)
  const [signature, length] = [command.readUInt32LE(8), command.readUInt32LE(12)]
  const linkEdit = commands.find((one) => one.toString('latin1', 8, 18) === '__LINKEDIT')
  linkEdit?.writeBigUInt64LE(linkEdit.readBigUInt64LE(48) - BigInt(length), 48)
  const file = Buffer.from(signed.subarray(0, signature))
  const rest = Buffer.concat([...commands.filter((one) => one !== command), Buffer.alloc(command.length)])
  rest.copy(file, HEADER_LENGTH)
  file.writeUInt32LE(commands.length - 1, 16)
  file.writeUInt32LE(rest.length - command.length, 20)
  return { file, signature }
}
