import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { TOML_ANNOTATION } from '../../crds/names.ts'
import { runCommand } from '../../fn/commands/run-command.ts'
import { fragileStrings } from './yaml/fragile-strings.ts'
import { READERS } from './yaml/readers.ts'

const PER_TEMPLATE = 100
/** Of a whole template there would always be one that keeps them all out of a literal. */
const PER_TOML = 5
const API_VERSION = 'buildkit.seatgeek.io/v1alpha1'
const NAME = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/

const seed = Date.now()
const strings = fragileStrings(4000, seed)
/** Those that may be a label. */
const names = strings.filter((text) => NAME.test(text))

interface Strings {
  readonly command: readonly string[]
  readonly annotations: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly toml: string
  readonly environment: string
}

interface Read {
  readonly kind: string
  readonly items?: readonly Read[]
  readonly metadata: { readonly [map in 'annotations' | 'labels']: Readonly<Record<string, string>> }
  readonly spec: Readonly<Record<string, unknown>>
}

/** What a template says, number `at` of all; with the other `parity` a string is an annotation instead of an argument. */
function stringsOf(at: number, parity: number): Strings {
  const own = strings.slice(at * PER_TEMPLATE, (at + 1) * PER_TEMPLATE)
  const isArgument = (_: string, index: number) => index % 2 === parity
  const isLabel = (_: string, index: number) => index % count === at
  const labels = names.filter(isLabel)
  return {
    command: ['/bin/sh', ...own.filter(isArgument)],
    annotations: Object.fromEntries([
      ...own.filter((text, index) => !isArgument(text, index)).map((text, index) => [`a${index}`, text]),
      ...labels.map((text) => [text, 'key']),
    ]),
    labels: Object.fromEntries(labels.map((text, index) => [`l${index}`, text])),
    toml: `debug = true\n${own
      .slice(0, PER_TOML)
      .map((text) => `# ${text.replace(CONTROL, '')}`)
      .join('\n')}`,
    environment: own[at % own.length] as string,
  }
}
const count = Math.ceil(strings.length / PER_TEMPLATE)
/** What TOML forbids in comments. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const CONTROL = /[\x00-\x1f\x7f]/g

interface TemplateSpec {
  readonly command: readonly string[]
  readonly podAnnotations: Readonly<Record<string, string>>
  readonly podLabels: Readonly<Record<string, string>>
  readonly buildkitdToml: string
  readonly observability: { readonly otlp: { readonly serviceName: string } }
}

/** A template that says so, and its Buildkit. */
function objectsOf({ command, annotations, labels, toml, environment }: Strings, at: number): readonly object[] {
  const spec: TemplateSpec = {
    command,
    podAnnotations: annotations,
    podLabels: labels,
    buildkitdToml: toml,
    observability: { otlp: { serviceName: environment } },
  }
  return [
    { apiVersion: API_VERSION, kind: 'BuildkitTemplate', metadata: { name: `t${at}` }, spec },
    { apiVersion: API_VERSION, kind: 'Buildkit', metadata: { name: `b${at}` }, spec: { template: `t${at}` } },
  ]
}

/** What a rendered Pod says, as far as it is from its template. */
function stringsOfPod({ metadata, spec }: Read): Strings {
  const [{ command, env }] = spec.containers as [{ command: readonly string[]; env: readonly { value: string }[] }]
  const { [TOML_ANNOTATION]: toml = '', ...annotations } = metadata.annotations
  return {
    command,
    annotations: only(annotations, (key) => !key.includes('/')),
    labels: only(metadata.labels, (key) => !key.includes('/')),
    toml,
    environment: asContainer(env[2]?.value ?? ''),
  }
}

/** What a container gets of a value without variables that are set (third_party/forked/golang/expansion). */
function asContainer(value: string): string {
  return value.replaceAll('$$', '$')
}

/** The same of a template. */
function stringsOfTemplate({ spec }: Read): Strings {
  const { command, podAnnotations, podLabels, buildkitdToml, observability } = spec as unknown as TemplateSpec
  const environment = observability.otlp.serviceName
  return { command, annotations: podAnnotations, labels: podLabels, toml: buildkitdToml, environment }
}

function only(
  map: Readonly<Record<string, string>>,
  isWanted: (key: string) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => isWanted(key)))
}

const stream = (objects: readonly object[]) => objects.map((one) => `${JSON.stringify(one)}\n`).join('---\n')
const list = (apiVersion: string, kind: string) => (items: readonly object[]) =>
  JSON.stringify({ apiVersion, kind, items })

const ways: Readonly<
  Record<
    string,
    {
      readonly args: readonly string[]
      readonly write: (objects: readonly object[]) => string
      readonly kind?: string
      readonly parity: number
    }
  >
> = {
  build: { args: ['build', '-'], write: stream, parity: 0 },
  'the function': { args: [], write: list('config.kubernetes.io/v1', 'ResourceList'), parity: 1 },
  'build of a List': { args: ['build', '-'], write: list('v1', 'List'), parity: 1 },
  migrate: { args: ['migrate', '-'], write: stream, kind: 'BuildkitTemplate', parity: 0 },
}

suite(`strings that need care, with the seed ${seed}`, () => {
  for (const [way, { args, write, kind = 'Pod', parity }] of Object.entries(ways)) {
    const wanted = Array.from({ length: count }, (_, at) => stringsOf(at, parity))
    const output = runCommand(args, () => Promise.resolve(Buffer.from(write(wanted.flatMap(objectsOf)))))

    for (const { name, skip, read } of READERS) {
      test(`${name} reads each of them in what ${way} writes`, { skip }, async () => {
        const { stdout, stderr, exitCode } = await output
        assert.equal(exitCode, 0, stderr.join('\n'))
        const documents = stdout.join('').split(/^---\n/m)
        const readings = await read(documents.filter((text) => !text.startsWith('{')))
        const objects = readings.flatMap((reading) => {
          assert.ok('value' in reading, 'error' in reading ? reading.error : '')
          const object = reading.value as Read
          return object.items ?? [object]
        })
        const found = objects.filter((object) => object.kind === kind)
        assert.deepEqual(found.map(kind === 'Pod' ? stringsOfPod : stringsOfTemplate), wanted)
      })
    }
  }
})
