import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { INPUTS } from './inputs.ts'
import { type Measured, measured } from './measured.ts'

const GOLDEN = join(import.meta.dirname, 'said.txt')
const { UPDATE } = process.env
/** Two are promised; a busy machine takes longer, and what is quadratic takes minutes. */
const CPU_SECONDS_MAX = 10
/** What one command takes differs by 70 MB from one order of the source to another: it depends on when V8 collects garbage. */
const MEGABYTES_MAX = 500
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  build: ['build', 'in.yaml'],
  check: ['check', '--output', 'sarif', 'in.yaml'],
  fix: ['fix', '--dry-run', 'in.yaml'],
  function: [],
}

const root = mkdtempSync(join(tmpdir(), 'render-buildkit-hostile-'))
after(() => rmSync(root, { recursive: true }))

const golden = new Map(
  UPDATE
    ? []
    : readFileSync(GOLDEN, 'utf8')
        .split(/^# /m)
        .slice(1)
        .map((part) => [part.split('\n', 1)[0], `# ${part}`]),
)
const parts: string[] = []

for (const [name, input] of Object.entries(INPUTS))
  test(`${name}: a clear answer, soon, in little memory`, { timeout: 120_000 }, async () => {
    writeFileSync(join(root, 'in.yaml'), input)
    const outcomes = await Promise.all(
      Object.entries(COMMANDS).map(async ([command, args]) => {
        const run = await measured(root, args, command === 'function' ? listOf(input) : '')
        assertBounded(run, { command, input })
        return said(command, run)
      }),
    )
    const part = `# ${name}\n${outcomes.join('')}\n`
    parts.push(part)
    if (!UPDATE) assert.equal(part, golden.get(name))
  })

after(() => {
  if (UPDATE) writeFileSync(GOLDEN, parts.join(''))
})

/** A ResourceList of the documents, as orchestrators send it; bytes that are no text come as they are. */
function listOf(input: string | Uint8Array): string | Uint8Array {
  if (typeof input !== 'string') return input
  const documents = input.split('---\n').filter((document) => document.trim() !== '')
  const items = documents.map((document) => `- ${document.trimEnd().replace(/\n(?=.)/g, '\n  ')}\n`)
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${items.join('')}`
}

function assertBounded(
  { stdout, stderr, cpuSeconds, megabytes }: Measured,
  { command, input }: { readonly command: string; readonly input: string | Uint8Array },
): void {
  assert.ok(cpuSeconds <= CPU_SECONDS_MAX, `${command} takes ${cpuSeconds} s`)
  assert.ok(megabytes <= MEGABYTES_MAX, `${command} takes ${megabytes} MB`)
  assert.ok(stderr.length <= 500_000, `${command} says ${stderr.length} characters`)
  assert.ok(stdout.length <= 1_000_000 + 4 * input.length, `${command} prints ${stdout.length} characters`)
}

/** The exit code and what is said on standard error: of many lines the first and the last ones, repetitions as their number. */
function said(command: string, { stdout, stderr, exitCode }: Measured): string {
  if (command === 'check') assert.ok(JSON.parse(stdout).runs)
  const lines = stderr.trimEnd().split('\n').map(withoutRepetitions)
  const told = lines.length > 6 ? [...lines.slice(0, 3), `(${lines.length - 5} lines)`, ...lines.slice(-2)] : lines
  return `$ ${command} → ${exitCode}\n${told.map((line) => `${line}\n`).join('')}`
}

function withoutRepetitions(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  const printable = line.replace(/[\x00-\x1f\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return printable.replace(/(.{1,6}?)\1{9,}/g, (all, unit: string) => `${unit}{${all.length / unit.length}}`)
}
