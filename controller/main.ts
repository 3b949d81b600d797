#!/usr/bin/env node
import { randomUUID } from 'node:crypto'
import { homedir, hostname } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import packageJson from '../package.json' with { type: 'json' }
import { parseCommandLine } from './command-line.ts'
import { AccessError } from './kube/api/access.ts'
import { loadAccess } from './kube/api/load-access.ts'
import { createLog, createLogDestination } from './log.ts'
import { usage } from './options.ts'
import { run } from './run.ts'
import type { Settings } from './settings.ts'

const FAILED = 1
const USAGE_ERROR = 2
const { version } = packageJson

// Collect garbage early: a list of 10,000 Pods leaves much of it, and memory that has once been taken is kept (docs/benchmarks-controller.md).
setFlagsFromString('--optimize-for-size')
setFlagsFromString('--semi-space-growth-factor=1')

async function main(): Promise<number> {
  const command = parseCommandLine(process.argv.slice(2), process.env)
  switch (command.kind) {
    case 'help':
      process.stdout.write(usage())
      return 0
    case 'version':
      process.stdout.write(`buildkit-controller ${version}\n`)
      return 0
    case 'usage error':
      for (const message of command.messages) process.stderr.write(`${message}\n`)
      process.stderr.write('see buildkit-controller --help\n')
      return USAGE_ERROR
    case 'run':
      return runController(command.settings)
  }
}

async function runController(settings: Settings): Promise<number> {
  const destination = createLogDestination(process.stderr)
  const log = createLog(settings.logLevel, destination)
  const stop = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(FAILED)
      log.info({ signal: name }, 'stopping; a second signal exits immediately')
      stop.abort()
    })
  }
  try {
    const { kubeconfig, context } = settings
    const access = await loadAccess({ kubeconfig, context, env: process.env, homeFolder: homedir() })
    const identity = `${process.env.POD_NAME || hostname()}_${randomUUID()}`
    const outcome = await run({ settings, access, log, identity, version }, stop.signal)
    log.info(outcome)
    return outcome === 'stopped' ? 0 : FAILED
  } catch (error) {
    if (error instanceof AccessError) {
      process.stderr.write(`${error.message}\n`)
      return USAGE_ERROR
    }
    log.fatal({ error, ...(process.env.DEBUG && { stack: (error as Error).stack }) }, 'failed')
    return FAILED
  } finally {
    await destination.flush()
  }
}

// What is left, such as connections that nobody reads any more, must not keep the process.
void main().then((exitCode) => process.exit(exitCode))
