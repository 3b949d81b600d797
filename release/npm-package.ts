import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Release } from './release.ts'
import { REPOSITORY, run } from './run.ts'

/** What the package has of the repository, at the same paths: bundles, types, and what is generated from the schemas. */
const CONTENT = [
  'dist/render-buildkit.cjs',
  'dist/kpt-function.cjs',
  'dist/buildkit-controller.cjs',
  'dist/client-node.cjs',
  'fn/kpt-function.types.d.ts',
  'crds/generated',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
]

interface PackageJson {
  readonly [key: string]: unknown
  readonly dependencies: Readonly<Record<string, string>>
}

/** Writes the tarball that `npm publish` takes. */
export async function makeNpmPackage({ folder }: Pick<Release, 'folder'>): Promise<void> {
  const staged = await mkdtemp(join(tmpdir(), 'npm-package-'))
  try {
    for (const path of CONTENT) await cp(join(REPOSITORY, path), join(staged, path), { recursive: true })
    const packageJson = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'))
    await writeFile(join(staged, 'package.json'), `${JSON.stringify(publishedJson(packageJson), null, 2)}\n`)
    await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: staged })
  } finally {
    await rm(staged, { recursive: true })
  }
}

/**
 * The package.json of what is published. The programs are bundles, which contain their dependencies, so none is installed with
 * them but kpt-functions, whose types the types of `renderBuildkit` name. `private` stays behind: only this package is for npm.
 */
function publishedJson({ private: _, scripts, allowScripts, devDependencies, ...rest }: PackageJson) {
  const { 'kpt-functions': kptFunctions } = rest.dependencies
  return {
    ...rest,
    engines: { node: '>=20' },
    exports: { ...(rest.exports as object), './crds/*': './crds/generated/*', './package.json': './package.json' },
    dependencies: { 'kpt-functions': kptFunctions },
  }
}
