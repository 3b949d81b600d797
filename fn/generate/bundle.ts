import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Script } from 'node:vm'
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

/** What esbuild writes after all code. */
const LICENSES = '/*! Bundled license information:'

/** The first lines of a bundle; its start reads the renderer between them and `}`. */
const HEAD = ['#!/usr/bin/env node', '"use strict";function rendererComment(){']

/**
 * The program as one file: a start, and the renderer as a comment, because V8 can keep the code of a text that the start compiles. Throws where the
 * renderer has a line break outside template literals: the comment is one line, and has `\n` instead.
 */
export async function bundled(): Promise<string> {
  const { code, licenses } = await renderer()
  const comment = code.replaceAll('\n', '\\n')
  new Script(comment)
  const define = {
    RENDERER_ID: JSON.stringify(createHash('sha256').update(code).digest('hex').slice(0, 16)),
    LINE_OF_TEXT: String(HEAD.length),
  }
  const start = await textOf({ ...OPTIONS, entryPoints: ['fn/start/main.ts'], define })
  return [...HEAD, `//${comment}`, `}${start.replace(/^#!.*\n"use strict";/, '')}${licenses}`].join('\n')
}

/** What single executables are made of, by the names of files. */
export async function executableParts(): Promise<Readonly<Record<string, string>>> {
  return {
    'main.cjs': await textOf({ ...OPTIONS, entryPoints: ['fn/start/executable/main.ts'] }),
    'training.cjs': await textOf({ ...OPTIONS, entryPoints: ['fn/start/executable/training.ts'] }),
    'renderer.js': Object.values(await renderer()).join('\n'),
  }
}

/** The renderer as a function of what a CommonJS module has, and the licenses of what is in it as a comment. */
async function renderer(): Promise<Readonly<Record<'code' | 'licenses', string>>> {
  const text = await textOf({ ...OPTIONS, entryPoints: ['fn/main.ts'], supported: { 'dynamic-import': false } })
  const end = text.indexOf(LICENSES)
  const code = text
    .slice(0, end)
    .replace(/^#!.*\n/, '')
    .trimEnd()
  return { code: `(function (module, exports, require) {${code}})`, licenses: text.slice(end) }
}

async function textOf(options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({ ...options, write: false })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild must make one file, got none')
  return file.text
}
