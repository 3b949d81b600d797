#!/usr/bin/env node
import { fstatSync } from 'node:fs'
import { runCommand } from './commands/run-command.ts'
import { readAll } from './input/read-all.ts'
import { orWorldError, print, tell, WorldError } from './output/write-out.ts'

const STDIN = 0
const USAGE_ERROR = 2
const INTERNAL_ERROR = 70
/** As sysexits.h: the world did not let us read or write. */
const IO_ERROR = 74

// A run that ends early for whatever reason must not look like success: kpt would delete every file that is not in the output.
process.exitCode = INTERNAL_ERROR
// A text that is no YAML makes an error for each of its characters, and where those come from is only shown with DEBUG.
if (!process.env.DEBUG) Error.stackTraceLimit = 0
// Whatever a dependency logs must not get into the ResourceList on standard output.
const { Console } = console
Object.defineProperty(globalThis, 'console', { get: () => new Console(process.stderr, process.stderr) })

class UserError extends Error {}

async function readStdin(): Promise<Uint8Array> {
  // Asking `process.stdin` loads Node's streams, which takes as long as a small package does.
  if (fstatSync(STDIN).isCharacterDevice() && process.stdin.isTTY) {
    throw new UserError(
      'error: must get manifests on standard input; run this with kpt or kustomize, or see render-buildkit --help',
    )
  }
  return orWorldError('cannot read standard input', () => readAll(STDIN))
}

async function main(): Promise<number> {
  try {
    const { stdout, stderr, exitCode } = await runCommand(process.argv.slice(2), readStdin, process.env)
    tell(stderr)
    print(stdout)
    return exitCode
  } catch (error) {
    const { message, stack } = error as Error
    if (error instanceof UserError || error instanceof WorldError) {
      tell([message])
      return error instanceof UserError ? USAGE_ERROR : IO_ERROR
    }
    tell([`internal error, please report it: ${process.env.DEBUG ? stack : message.split('\n')[0]}`])
    return INTERNAL_ERROR
  }
}

// All is written: what Node.js would still take down goes with the process.
void main().then((exitCode) => process.exit(exitCode))
