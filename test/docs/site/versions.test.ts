import assert from 'node:assert/strict'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { versionsMenu } from '../../../docs/.vitepress/versions.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import { runProgram } from '../../harness/servers/run-program.ts'

const SCRIPT = join(import.meta.dirname, '../../../.ci/site')

/** Instead of a site, writes what it would be built with. */
const NPM = `#!/bin/sh
[ "$1" = ci ] && exit
mkdir -p dist/site
echo "$SITE_REF $SITE_BASE $SITE_VERSIONS" >dist/site/index.html
`

test('the newest release of each minor version has a site below that of main', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'versions-'))
  const run = async (program: string, ...args: readonly string[]) => {
    const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` }
    const { code, stdout, stderr } = await runProgram(program, args, { cwd: folder, env })
    assert.equal(code, 0, `${stdout}${stderr}`)
  }
  await Promise.all(['.ci', 'bin'].map((name) => mkdir(join(folder, name))))
  await copyFile(SCRIPT, join(folder, '.ci/site'))
  await writeFile(join(folder, 'bin/npm'), NPM)
  await chmod(join(folder, 'bin/npm'), 0o755)
  await run('git', 'init', '--quiet')
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  await run('git', ...identity, 'commit', '--quiet', '--allow-empty', '--message=a')
  for (const tag of ['v0.9.0', 'v0.10.0', 'v0.10.2', 'v0.11.0-rc.1', 'v0']) await run('git', 'tag', tag)
  await run(join(folder, '.ci/site'), '/docs/')
  const sites = ['index.html', 'v0.10/index.html', 'v0.9/index.html'].map((path) =>
    readFile(join(folder, 'dist/site', path), 'utf8'),
  )
  assert.deepEqual(await Promise.all(sites), [
    'main /docs/ v0.10 v0.9\n',
    'v0.10.2 /docs/v0.10/ v0.10 v0.9\n',
    'v0.9.0 /docs/v0.9/ v0.10 v0.9\n',
  ])
  await rm(folder, { recursive: true })
})

test('the menu of versions leads to the changelog, to main and to each minor version', () => {
  const site = (text: string, path: string) => ({
    text,
    link: `https://buildkit-gitops.github.io/buildkit-gitops/${path}`,
    target: '_self',
  })
  assert.deepEqual(versionsMenu('v0.2 v0.1'), {
    text: packageJson.version,
    items: [
      { text: 'Changelog', link: '/changelog' },
      { text: 'What a version promises', link: '/versioning' },
      { text: 'Documentation of', items: [site('main', ''), site('v0.2', 'v0.2/'), site('v0.1', 'v0.1/')] },
    ],
  })
})
