import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

const ROOT = join(import.meta.dirname, '../..')

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // The modules for browsers are not wrapped in CommonJS, which loads faster.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  logLevel: 'warning',
} as const satisfies BuildOptions

const BEFORE = '\n/* The renderer: '
const AFTER = '*/\n'
/** What ends a comment, as the comment has it. */
const END = '*~/'

/** The program as one file: a start, followed by the renderer as a comment, because V8 can keep the code of a text that the start compiles. */
export async function bundled(): Promise<string> {
  const renderer = await rendererText()
  if (renderer.includes(END)) throw new Error(`the renderer must not have ${END}`)
  const id = createHash('sha256').update(renderer).digest('hex').slice(0, 16)
  const define = {
    RENDERER_ID: JSON.stringify(id),
    BEFORE_RENDERER: JSON.stringify(BEFORE),
    AFTER_RENDERER: JSON.stringify(AFTER),
    END_IN_RENDERER: JSON.stringify(END),
  }
  const start = await textOf({ ...OPTIONS, entryPoints: ['fn/start/main.ts'], define })
  return `${start}${BEFORE}${renderer.replaceAll('*/', END)}${AFTER}`
}

/** What single executables are made of, by the names of files. */
export async function executableParts(): Promise<Readonly<Record<string, string>>> {
  return {
    'main.cjs': await textOf({ ...OPTIONS, entryPoints: ['fn/start/executable/main.ts'] }),
    'training.cjs': await textOf({ ...OPTIONS, entryPoints: ['fn/start/executable/training.ts'] }),
    'renderer.js': await rendererText(),
  }
}

/** The renderer as a function of what a CommonJS module has. */
async function rendererText(): Promise<string> {
  const text = await textOf({ ...OPTIONS, entryPoints: ['fn/main.ts'], supported: { 'dynamic-import': false } })
  return `(function (module, exports, require) {${text.replace(/^#!.*\n/, '')}})\n`
}

async function textOf(options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({ ...options, write: false })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild must make one file, got none')
  return file.text
}
