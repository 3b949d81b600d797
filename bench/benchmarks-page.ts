import { EXECUTABLE, GO, HELM, OURS } from './contenders.ts'
import type { Peers } from './find-peers.ts'
import type { Size } from './measure-size.ts'
import { table } from './table.ts'
import { summary, type Target, targetsOf } from './targets.ts'

/** docs/benchmarks.md: the targets and what was measured for each size. */
export function benchmarksPage(sizes: readonly [Size, Size, Size], peers: Peers, machine: string): string {
  return `# Benchmarks

Written by \`npm run bench\`; do not edit. Measured on ${machine}.

A package of N Buildkits over ten templates and N other objects, as \`kpt fn render\` sends it, goes through each program
as a whole process, from a file into a file, all in turn. Times are wall time, and ratios are those of the fastest runs,
which other work on the machine disturbs least; CPU is user and system time of all threads, memory is the largest resident
set. Each run had to make N Pods; with 200 Buildkits they were compared whole, and all programs made the same.
${missing(peers)}
## Targets

${targetTable(targetsOf(...sizes))}
${sizes.map(sizeSection).join('\n')}
## Growth

${growthTable(sizes)}
## What is compared

- **${OURS}** is \`dist/render-buildkit.cjs\`; its second render gets the output of the first and changes nothing.
  Its runs start with [the code that V8 has compiled](decisions/0031-kept-code.md) in an earlier one, the first run without.
- **${EXECUTABLE}** is the same in [one file with Node.js](decisions/0032-single-executables.md).
- **${GO}** is [a KRM function](../bench/peers/go/README.md) that makes the same Pods, as one writes it in Go.
- **${HELM}** renders the same Pods from [a chart](../bench/peers/helm/README.md), without the other objects of the package.
- **floor** is [Node reading the package](../bench/floor.mjs), cutting it at its items and writing as much text as the render has: what no function in Node can go below.
`
}

function missing({ go, helm }: Peers): string {
  const names = [...(go ? [] : [GO]), ...(helm ? [] : [HELM])]
  return names.length > 0 ? `Not measured, because this machine lacks Go or Helm: ${names.join(', ')}.\n` : ''
}

function targetTable(targets: readonly Target[]): string {
  const rows = targets.map(({ claim, wanted, measured, isMet }) => [claim, wanted, measured, isMet ? 'met' : 'missed'])
  return table(['what', 'target', 'measured', ''], rows)
}

function sizeSection(size: Size): string {
  const { count, rounds, inputBytes, outputBytes, summaries } = size
  const ours = summary(size, OURS).fastestSeconds
  const rows = [...summaries].map(([name, { wallSeconds, fastestSeconds, cpuSeconds, peakMegabytes }]) => [
    name,
    seconds(fastestSeconds),
    seconds(wallSeconds),
    `${cpuSeconds.toFixed(2)} s`,
    `${peakMegabytes.toFixed(0)} MB`,
    times(fastestSeconds / ours),
  ])
  const title = count === 1 ? '1 Buildkit' : `${count.toLocaleString('en')} Buildkits`
  return `## ${title}

${megabytes(inputBytes)} in, ${megabytes(outputBytes)} out, ${rounds} runs.

${table(['program', 'fastest', 'median', 'CPU', 'peak memory', 'against ours'], rows)}`
}

function growthTable([, thousand, tenThousand]: readonly [Size, Size, Size]): string {
  const rows = [...tenThousand.summaries].map(([name, { fastestSeconds, peakMegabytes }]) => {
    const smaller = summary(thousand, name)
    return [name, times(fastestSeconds / smaller.fastestSeconds), times(peakMegabytes / smaller.peakMegabytes)]
  })
  return table(['10,000 Buildkits over 1,000', 'time', 'peak memory'], rows)
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 0.95 ? 2 : 1)} ×`
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 3 : 1)} s`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`
}
