#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { runCommand } from './run-command.ts'
import { writeAll } from './write-all.ts'

const INTERNAL_ERROR = 70

// A run that ends early for whatever reason must not look like success: kpt would delete every file that is not in the output.
process.exitCode = INTERNAL_ERROR
// Whatever a dependency logs must not get into the ResourceList on standard output.
globalThis.console = new console.Console(process.stderr, process.stderr)
process.stdout.on('error', () => process.exit(INTERNAL_ERROR))

function readStdin(): Uint8Array {
  if (process.stdin.isTTY)
    throw new UserError(
      'must get a ResourceList on standard input; run this with kpt or kustomize, or see render-buildkit --help',
    )
  return readFileSync(0)
}

class UserError extends Error {}

async function main(): Promise<number> {
  try {
    const { stdout, stderr, exitCode } = runCommand(process.argv.slice(2), readStdin)
    for (const line of stderr) process.stderr.write(`${line}\n`)
    await writeAll(process.stdout, stdout)
    return exitCode
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    const { message, stack } = error as Error
    process.stderr.write(`internal error, please report it: ${process.env.DEBUG ? stack : message.split('\n')[0]}\n`)
    return INTERNAL_ERROR
  }
}

main().then((exitCode) => {
  process.exitCode = exitCode
})
