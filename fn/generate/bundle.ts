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

/** Control characters of ASCII around the renderer, which nothing before them has, and in place of what would end the comment. */
const [SLASH_IN_COMMENT, START_OF_TEXT, END_OF_TEXT] = [1, 2, 3]

/** The program as one file: a start, followed by the renderer as a comment, because V8 can keep the code of a text that the start compiles. */
export async function bundled(): Promise<string> {
  const renderer = await rendererText()
  const slash = String.fromCharCode(SLASH_IN_COMMENT)
  if (renderer.includes(slash)) throw new Error('the renderer must not have the character U+0001')
  const define = {
    RENDERER_ID: JSON.stringify(createHash('sha256').update(renderer).digest('hex').slice(0, 16)),
    SLASH_IN_COMMENT: String(SLASH_IN_COMMENT),
    START_OF_TEXT: String(START_OF_TEXT),
    END_OF_TEXT: String(END_OF_TEXT),
  }
  const start = await textOf({ ...OPTIONS, entryPoints: ['fn/start/main.ts'], define })
  const comment = renderer.replaceAll('*/', `*${slash}`)
  return `${start}\n/*${String.fromCharCode(START_OF_TEXT)}${comment}${String.fromCharCode(END_OF_TEXT)}*/\n`
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
