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

/** The program as one file: a start with the renderer as a text in it, because V8 can keep the code of a text that the start compiles. */
export async function bundled(): Promise<string> {
  const renderer = await rendererText()
  const id = createHash('sha256').update(renderer).digest('hex').slice(0, 16)
  const define = { RENDERER_TEXT: JSON.stringify(renderer), RENDERER_TEXT_ID: JSON.stringify(id) }
  return textOf({ ...OPTIONS, entryPoints: ['fn/start/main.ts'], define })
}

/** What single executables are made of, by the names of files. */
export async function executableParts(): Promise<Readonly<Record<string, string>>> {
  return {
    'main.cjs': await textOf({ ...OPTIONS, entryPoints: ['fn/start/executable/main.ts'] }),
    'training.cjs': await textOf({ ...OPTIONS, entryPoints: ['fn/start/executable/training.ts'] }),
    'renderer.js': await rendererText(),
  }
}

/** The renderer as the body of a CommonJS module. */
async function rendererText(): Promise<string> {
  const text = await textOf({ ...OPTIONS, entryPoints: ['fn/main.ts'], supported: { 'dynamic-import': false } })
  return text.replace(/^#!.*\n/, '')
}

async function textOf(options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({ ...options, write: false })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild must make one file, got none')
  return file.text
}
