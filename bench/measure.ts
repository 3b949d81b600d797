import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import process from 'node:process'

/** A program as a whole process: its standard input from a file, its standard output into another. */
export interface Run {
  readonly command: readonly [string, ...string[]]
  readonly input: string
  readonly output: string
  readonly env?: Readonly<Record<string, string>>
}

/** What one run took; `cpuSeconds` is user and system time of all its threads, `peakMegabytes` its largest resident set. */
export interface Measurement {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
}

const TIME = '/usr/bin/time'

/** GNU and BusyBox `time -v` report in kilobytes, macOS' `time -l` in bytes. */
const REPORTS = [
  {
    option: '-v',
    cpu: [/User time \(seconds\): ([\d.]+)/, /System time \(seconds\): ([\d.]+)/],
    peak: /Maximum resident set size \(kbytes\): (\d+)/,
    peakUnit: 1024,
  },
  { option: '-l', cpu: [/([\d.]+) user/, /([\d.]+) sys/], peak: /(\d+) +maximum resident set size/, peakUnit: 1 },
] as const

export type Measure = (run: Run) => Measurement

/** A measure that keeps `time`'s reports in the file `report`. Throws where there is no `time`, and when a program fails. */
export function measureWith(report: string): Measure {
  const format = REPORTS.find(({ option }) => spawnSync(TIME, [option, '-o', report, 'true']).status === 0)
  if (!format) throw new Error(`must have ${TIME} to measure with; install your system's package \`time\``)
  return (run) => {
    const wallSeconds = runToEnd([TIME, format.option, '-o', report, ...run.command], run)
    const text = readFileSync(report, 'utf8')
    const numberAt = (pattern: RegExp): number => Number(pattern.exec(text)?.[1])
    return {
      wallSeconds,
      cpuSeconds: numberAt(format.cpu[0]) + numberAt(format.cpu[1]),
      peakMegabytes: (numberAt(format.peak) * format.peakUnit) / 1e6,
    }
  }
}

function runToEnd([program, ...args]: readonly [string, ...string[]], { input, output, env }: Run): number {
  const stdin = openSync(input, 'r')
  const stdout = openSync(output, 'w')
  try {
    const start = performance.now()
    const { status, signal, error, stderr } = spawnSync(program, args, {
      stdio: [stdin, stdout, 'pipe'],
      env: { ...process.env, ...env },
    })
    const seconds = (performance.now() - start) / 1000
    if (status === 0) return seconds
    const end = error?.message ?? signal ?? `exit code ${status}`
    throw new Error(`${args.join(' ')} must succeed, got ${end}: ${stderr}`)
  } finally {
    closeSync(stdin)
    closeSync(stdout)
  }
}
