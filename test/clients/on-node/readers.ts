import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { parse } from 'yaml'
import { startResolver } from '../../harness/node/resolver.ts'
import { snippetsIn } from '../../house/snippets/snippets-in.ts'
import { runAction } from '../run-action.ts'
import { runGitlabJob } from '../run-gitlab.ts'
import { type NodeStage, ROOT, succeeded } from './stage.ts'

const PAGE = await readFile(join(ROOT, 'docs/connect.md'), 'utf8')

/** The snippets of docs/connect.md, each with its section. */
export const snippets = snippetsIn(PAGE).map(({ text, line }) => {
  const lines = PAGE.split('\n').slice(0, line)
  return { text, line, heading: lines.findLast((each) => each.startsWith('## '))?.slice(3) ?? '' }
})

/** Runs a snippet as a reader does who has run those above it. */
type Reader = (stage: NodeStage, snippet: string) => Promise<void>

/** What the snippet of the section on the script sets for all that follow. */
const EXPORTS = /^export .*$/m.exec(PAGE)?.[0] ?? ''

const asRunner: Reader = async ({ desk }, snippet) => {
  succeeded(await desk.bash(['-euc', `${EXPORTS}\n${snippet}`]))
}

/** On which nodes of a builder builds have run. */
async function usedNodes({ desk }: NodeStage, builder: string): Promise<readonly string[]> {
  return (await readdir(join(desk.folder, 'home/.docker/buildx/refs', builder))).sort()
}

/** What expressions give in a job of the matrix. */
const MATRIX = { 'github.repository': 'acme/shop', 'matrix.image': 'api' }

/** How the snippets of each section are run. */
export const READERS: Readonly<Record<string, Reader>> = {
  Permissions: async ({ desk }, snippet) => {
    succeeded(await desk.asAdmin(['-euc', snippet]))
  },
  'The script': async (stage, snippet) => {
    await asRunner(stage, snippet)
    assert.deepEqual(await usedNodes(stage, 'buildkit'), ['buildkit0', 'buildkit1'])
  },
  GitHub: async (stage, snippet) => {
    const [use, build] = parse(snippet).jobs.image.steps
    assert.match(use.uses, /^buildkit-gitops\/buildkit-gitops@/)
    const { env, ...outcome } = await runAction(stage.desk, use.with)
    succeeded(outcome)
    succeeded(await stage.desk.bash(['-euc', build.run], env))
    assert.deepEqual(await usedNodes(stage, 'buildkit-runner-7'), ['buildkit-runner-70', 'buildkit-runner-71'])
  },
  GitLab: async ({ desk }, snippet) => {
    const { include, image } = parse(snippet)
    assert.match(include[0].remote, /\/config\/clients\/gitlab\.yml$/)
    const { after, ...outcome } = await runGitlabJob(desk, include[0].inputs, image)
    succeeded(outcome)
    succeeded(after)
    assert.doesNotMatch(succeeded(await desk.bash(['-euc', 'docker buildx ls'])), new RegExp(`${process.pid}`))
  },
  'Several Pods': async ({ desk }, snippet) => {
    const [use] = parse(snippet).jobs.images.steps
    const { env, ...outcome } = await runAction(desk, use.with, { github: MATRIX })
    succeeded(outcome)
    succeeded(await desk.bash(['-euc', 'docker buildx build .'], env))
  },
  'By hand': asRunner,
  'From a laptop': async (stage, snippet) => {
    if (snippet.includes('port-forward')) await forwardPort(stage, snippet)
    else await asRunner(stage, snippet)
  },
  'By the name of a Service': async ({ cluster, desk }, snippet) => {
    const names = await startResolver(cluster.node)
    const script = `mount --bind ${names} /etc/resolv.conf && exec bash -euc "$1"`
    succeeded(await desk.bash(['-euc', `exec unshare --mount bash -euc '${script}' bash "$1"`, 'bash', snippet]))
  },
  'From outside the cluster': async ({ cluster: { node } }, snippet) => {
    await node.kubectl(['apply', '--dry-run=server', '--filename=-'], snippet)
  },
  'What to retry': asRunner,
}

/** Runs until the node ends. */
async function forwardPort({ cluster: { node }, desk }: NodeStage, snippet: string): Promise<void> {
  const env = [`KUBECONFIG=${node.kubeconfig}`, `PATH=${join(desk.folder, 'bin')}:${process.env.PATH}`]
  const forwarding = node.start('env', [...env, 'bash', '--norc', '-euc', snippet], 'port-forward.log')
  await forwarding.ready(async () =>
    (await readFile(join(node.folder, 'port-forward.log'), 'utf8')).includes('Forwarding from 127.0.0.1:1234'),
  )
}
