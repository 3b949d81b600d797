import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { binary } from '../harness/servers/binaries.ts'

const BUNDLE = join(import.meta.dirname, '../../dist/render-buildkit.cjs')
/** Of a package that runs render-buildkit and nothing else. */
export const KPTFILE = `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: package
pipeline:
  mutators:
    - image: render-buildkit
`

/** The text of each file by its path, the Kptfile left out: newer versions of kpt write into it. */
export type Files = Readonly<Record<string, string>>

/** A package in a folder of its own that real kpt renders in place. */
export interface KptPackage {
  readonly folder: string
  readonly files: () => Files
  readonly write: (files: Files) => void
  readonly render: () => { readonly exitCode: number | null; readonly stderr: string }
}

const root = mkdtempSync(join(tmpdir(), 'render-buildkit-kpt-'))
after(() => rmSync(root, { recursive: true }))

/** A copy of the package in `original`. */
export function copyOf(original: string): KptPackage {
  const folder = mkdtempSync(join(root, 'package-'))
  cpSync(original, folder, { recursive: true })
  return packageIn(folder)
}

/** A package of these files. */
export function packageOf(files: Files): KptPackage {
  const kptPackage = packageIn(mkdtempSync(join(root, 'package-')))
  kptPackage.write(files)
  return kptPackage
}

function packageIn(folder: string): KptPackage {
  return {
    folder,
    files: () => filesIn(folder),
    write: (files) => writeFiles(folder, files),
    render: () => render(folder),
  }
}

function filesIn(folder: string): Files {
  const entries = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
  const shown = paths.filter((path) => path !== 'Kptfile')
  return Object.fromEntries(shown.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** What users read names a program or an image; what runs here is the bundle of either, in sub-packages too. */
function render(folder: string): ReturnType<KptPackage['render']> {
  if (!existsSync(join(folder, 'Kptfile'))) writeFileSync(join(folder, 'Kptfile'), KPTFILE)
  for (const path of globSync(join(folder, '**/Kptfile'))) {
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replaceAll(/\b(?:image: .*|exec: render-buildkit$)/gm, `exec: ${BUNDLE}`),
    )
  }
  const { status, stderr } = spawnSync(binary('kpt'), ['fn', 'render', folder, '--allow-exec'], { encoding: 'utf8' })
  return { exitCode: status, stderr }
}
