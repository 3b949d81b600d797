import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import packageJson from '../../package.json' with { type: 'json' }
import { type Example, FOLDERS } from '../playground/examples.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCE = 'docs/playground'
const { version, homepage } = packageJson
const DOCUMENTATION = `${homepage}/blob/main/docs/README.md`

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2024',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  logLevel: 'warning',
} as const satisfies BuildOptions

/**
 * The playground by the names of its files: a page with one script, which has the worker in it. The same source makes the same bytes.
 * `documentation` is where the page finds it.
 */
export async function playgroundFiles(documentation = DOCUMENTATION): Promise<Readonly<Record<string, string>>> {
  const worker = await textOf({ ...OPTIONS, entryPoints: [`${SOURCE}/rendering/worker.ts`] })
  const define = { WORKER: JSON.stringify(worker), EXAMPLES: JSON.stringify(playgroundExamples()) }
  return {
    'index.html': sourceText('index.html')
      .replace('VERSION', version)
      .replace('HOMEPAGE', homepage)
      .replace('DOCUMENTATION', documentation),
    'page.js': await textOf({ ...OPTIONS, entryPoints: [`${SOURCE}/main.ts`], define }),
    'page.css': sourceText('page.css'),
    'icon.svg': sourceText('icon.svg'),
  }
}

/** Folders of examples/, each as one text. */
export function playgroundExamples(): readonly Example[] {
  return Object.entries(FOLDERS).map(([folder, name]) => {
    const path = join(ROOT, 'examples', folder)
    const files = readdirSync(path).filter((file) => file.endsWith('.yaml'))
    return {
      name,
      text: files
        .sort()
        .map((file) => readFileSync(join(path, file), 'utf8'))
        .join('---\n'),
    }
  })
}

function sourceText(file: string): string {
  return readFileSync(join(ROOT, SOURCE, file), 'utf8')
}

async function textOf(options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({ ...options, write: false })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild must make one file, got none')
  return file.text
}
