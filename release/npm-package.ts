import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Release } from './release.ts'
import { REPOSITORY, run } from './run.ts'
import { inTemporaryFolder } from './temporary-folder.ts'
import { copyTracked, copyWithMode } from './tracked-files.ts'

/** What the package has of the repository, at the same paths: bundles, and the types and what is generated from the schemas. */
const PROGRAMS = ['dist/render-buildkit.cjs', 'dist/buildkit-controller.cjs']
const MODULES = ['dist/kpt-function.cjs', 'dist/client-node.cjs']
const TRACKED = ['fn/kpt-function.types.d.ts', 'crds/generated', 'README.md', 'CHANGELOG.md', 'LICENSE']

interface PackageJson {
  readonly [key: string]: unknown
  readonly dependencies: Readonly<Record<string, string>>
  readonly exports: { readonly '.': { readonly types: string; readonly default: string } }
}

/** Writes the tarball that `npm publish` takes. */
export async function makeNpmPackage({ folder }: Pick<Release, 'folder'>): Promise<void> {
  await inTemporaryFolder(async (staged) => {
    for (const path of PROGRAMS) await copyWithMode(path, staged, 0o755)
    for (const path of MODULES) await copyWithMode(path, staged, 0o644)
    await copyTracked(TRACKED, staged)
    const published = join(staged, 'package.json')
    const packageJson = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'))
    await writeFile(published, `${JSON.stringify(publishedJson(packageJson), null, 2)}\n`)
    await chmod(published, 0o644)
    await run('npm', ['pack', '--loglevel=error', '--pack-destination', folder], { cwd: staged })
  })
}

/**
 * The package.json of what is published. The programs are bundles, which contain their dependencies, so none is installed with
 * them but kpt-functions, whose types the types of `renderBuildkit` name. `private` stays behind: only this package is for npm. So does
 * `type`: bundles are CommonJS, and types without it are those of a CommonJS module, which ECMAScript modules can import, too.
 */
function publishedJson({ private: _, type, scripts, allowScripts, devDependencies, ...rest }: PackageJson) {
  const { 'kpt-functions': kptFunctions } = rest.dependencies
  const { types, default: main } = rest.exports['.']
  return {
    ...rest,
    engines: { node: '>=20' },
    main,
    types,
    exports: { ...rest.exports, './crds/*': './crds/generated/*', './package.json': './package.json' },
    dependencies: { 'kpt-functions': kptFunctions },
  }
}
