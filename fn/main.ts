#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { runCommand } from './run-command.ts'
import { writeAll } from './write-all.ts'

const USAGE_ERROR = 2
const INTERNAL_ERROR = 70

// A young generation that keeps its first size: a third less memory for a large package, in the same time (docs/benchmarks.md).
setFlagsFromString('--semi-space-growth-factor=1')
// A run that ends early for whatever reason must not look like success: kpt would delete every file that is not in the output.
process.exitCode = INTERNAL_ERROR
// A text that is no YAML makes an error for each of its characters, and where those come from is only shown with DEBUG.
if (!process.env.DEBUG) Error.stackTraceLimit = 0
// Whatever a dependency logs must not get into the ResourceList on standard output.
globalThis.console = new console.Console(process.stderr, process.stderr)
process.stdout.on('error', () => process.exit(INTERNAL_ERROR))

class UserError extends Error {}

async function readStdin(): Promise<Uint8Array> {
  if (process.stdin.isTTY) {
    throw new UserError(
      'must get manifests on standard input; run this with kpt or kustomize, or see render-buildkit --help',
    )
  }
  return Buffer.concat(await process.stdin.toArray())
}

async function main(): Promise<number> {
  try {
    const { stdout, stderr, exitCode } = await runCommand(process.argv.slice(2), readStdin, process.env)
    for (const line of stderr) process.stderr.write(`${line}\n`)
    await writeAll(process.stdout, stdout)
    return exitCode
  } catch (error) {
    const { message, stack } = error as Error
    const isUserError = error instanceof UserError
    process.stderr.write(
      isUserError
        ? `${message}\n`
        : `internal error, please report it: ${process.env.DEBUG ? stack : message.split('\n')[0]}\n`,
    )
    return isUserError ? USAGE_ERROR : INTERNAL_ERROR
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode
})
