import assert from 'node:assert/strict'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { writeRoot } from '../../release/base-image.ts'
import { nodeBinary } from '../../release/node-binaries.ts'
import { digestOf } from '../../release/oci/digest.ts'
import { reproducible } from '../../release/pack.ts'
import { REPOSITORY, run } from '../../release/run.ts'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { cloneOfWorkingTree } from './clone.ts'

const isHere = process.platform === 'linux' && process.arch === 'x64'
const RELEASE = { version: '0.1.0', epoch: 1_700_000_000, platforms: isHere ? ['linux-amd64'] : [] }

/** Makes artifacts that need no network: in the repository of the first argument, into the folder of the second. */
const MAKE = `
const [repository, folder] = process.argv.slice(1)
const release = { ...${JSON.stringify(RELEASE)}, folder }
const { makeNpmPackage } = await import(repository + '/release/npm-package.ts')
const { makeChart } = await import(repository + '/release/chart.ts')
const { makeExecutables } = await import(repository + '/release/executables.ts')
const { writeArchive } = await import(repository + '/release/executables/archive.ts')
await makeNpmPackage(release)
await makeChart(release)
await makeExecutables(release)
const { chmodSync, mkdirSync, writeFileSync } = await import('node:fs')
const content = folder + '-content/program'
mkdirSync(content, { recursive: true })
writeFileSync(content + '/program', 'program')
chmodSync(content + '/program', 0o755)
for (const kind of ['zip', 'tar.gz'])
  await writeArchive({ content, program: 'program', archive: folder + '/program.' + kind, epoch: release.epoch })
`

/** What changes the bytes that gzip, tar, zip and Node.js write. */
const STRANGE = {
  GZIP: '-1',
  TAR_OPTIONS: '--mode=0600',
  ZIPOPT: '-0',
  TZ: 'Asia/Tokyo',
  NODE_OPTIONS: '--max-old-space-size=2000',
}

/** Files that Git ignores, where artifacts take files from. */
const IGNORED = ['charts/buildkit-controller/templates/dist/role.yaml', 'crds/generated/generate.log']

suite('an artifact that is made elsewhere', () => {
  let parent: string
  let elsewhere: string
  const folders: string[] = []

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'elsewhere-'))
    elsewhere = join(parent, 'clone')
    for (const name of ['here', 'there']) {
      folders.push(join(parent, name))
      await mkdir(join(parent, name))
    }
    await cloneOfWorkingTree(elsewhere)
    await run('chmod', ['--recursive', 'go-rwx', elsewhere])
    await cp(join(REPOSITORY, 'dist'), join(elsewhere, 'dist'), { recursive: true })
    for (const name of await readdir(join(elsewhere, 'dist'))) await chmod(join(elsewhere, 'dist', name), 0o700)
    for (const path of IGNORED) {
      await mkdir(join(elsewhere, path, '..'), { recursive: true })
      await writeFile(join(elsewhere, path), '')
    }
    await symlink(join(REPOSITORY, 'node_modules'), join(elsewhere, 'node_modules'))
    await make(REPOSITORY, String(folders[0]), { umask: '022', env: {} })
    await make(elsewhere, String(folders[1]), { umask: '077', env: STRANGE })
  })
  after(() => rm(parent, { recursive: true }))

  test('has the same bytes, whatever the folder, its ignored files, the umask and the environment', async () => {
    const [here, there] = await Promise.all(folders.map(contents))
    assert.deepEqual([...(here?.keys() ?? [])], [...(there?.keys() ?? [])])
    const different = [...(here ?? [])].filter(([name, bytes]) => !there?.get(name)?.equals(bytes))
    assert.deepEqual(
      different.map(([name]) => name),
      [],
    )
  })

  test('does not contain the path of the clone', async () => {
    const there = await contents(String(folders[1]))
    const unpacked = [...there].map(([name, bytes]) => [name, /gz$/.test(name) ? gunzipSync(bytes) : bytes] as const)
    assert.deepEqual(
      unpacked.filter(([, bytes]) => bytes.includes(basename(parent))).map(([name]) => name),
      [],
    )
  })
})

const skip = needs('mmdebstrap', 'fakeroot') || (process.getuid?.() !== 0 && 'must be root, to become another user')

test('the base of the images has the same bytes for root and for another user', { skip }, async () => {
  const parent = await mkdtemp(join(tmpdir(), 'users-'))
  try {
    await writeRoot('amd64', join(parent, 'one'))
    const cached = join(await nodeBinary('linux-amd64'), '..')
    const cache = join(parent, '.cache/buildkit-gitops/node', basename(cached))
    await mkdir(cache, { recursive: true })
    await cp(join(cached, 'package.tgz'), join(cache, 'package.tgz'))
    // That user may not be allowed to enter the folder of this repository.
    for (const path of ['release', 'package.json'])
      await cp(join(REPOSITORY, path), join(parent, path), { recursive: true })
    const node = join(parent, 'node')
    await cp(await nodeBinary('linux-amd64'), node)
    await run('chown', ['--recursive', '12345:12345', parent])
    const script = `const { writeRoot } = await import('${parent}/release/base-image.ts')
      await writeRoot('amd64', '${parent}/other')`
    const user = ['--reuid=12345', '--regid=12345', '--clear-groups', node]
    const env = { PATH: process.env.PATH, HOME: parent }
    const { code, stderr } = await runProgram('setpriv', [...user, '--input-type=module', '-e', script], {
      cwd: parent,
      env,
    })
    assert.deepEqual([code, stderr], [0, ''])
    const [one, other] = await Promise.all(['one', 'other'].map((name) => tarOf(join(parent, name))))
    assert.equal(other, one)
  } finally {
    await rm(parent, { recursive: true })
  }
})

/** The checksum of a folder as a layer has it. */
async function tarOf(folder: string): Promise<string> {
  const tar = `${folder}.tar`
  await run('tar', [...reproducible(RELEASE.epoch), '-C', folder, '-cf', tar, '.'])
  return digestOf(await readFile(tar))
}

interface Place {
  readonly umask: string
  readonly env: Readonly<Record<string, string>>
}

async function make(repository: string, folder: string, { umask, env }: Place): Promise<void> {
  const script = 'umask "$0" && exec "$@"'
  const args = ['-c', script, umask, process.execPath, '--input-type=module', '-e', MAKE, repository, folder]
  const { code, stderr } = await runProgram('sh', args, { cwd: repository, env: { ...process.env, ...env } })
  assert.deepEqual([code, stderr], [0, ''])
}

async function contents(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(folder)).sort()
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)))
}
