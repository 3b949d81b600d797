import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import type { Outcome } from '../harness/servers/run-program.ts'
import type { Runner } from './run-action.ts'
import { ROOT } from './stage.ts'

type Values = Readonly<Record<string, string>>

interface Job {
  readonly extends?: string
  readonly variables?: Values
  readonly before_script?: readonly string[]
  readonly script?: readonly string[]
  readonly after_script?: readonly string[]
}

interface Input {
  readonly default?: string
  readonly regex?: string
  readonly options?: readonly string[]
}

/** A job's own outcome, and that of its `after_script`. */
export interface JobRun extends Outcome {
  readonly after: Outcome
}

/** Runs a job that extends one of the component as GitLab's runner does; only what that component uses is understood. */
export async function runGitlabJob(runner: Runner, inputs: Values, own: Job): Promise<JobRun> {
  const jobs = await componentWith(inputs)
  const job = { ...jobs[own.extends ?? ''], ...own }
  const id = String(process.pid)
  const variables = Object.entries(job.variables ?? {}).map(([name, value]) => [
    name,
    value.replaceAll('$CI_JOB_ID', id),
  ])
  const env = { CI_PROJECT_PATH: 'acme/shop', ...Object.fromEntries(variables) }
  const run = (script: readonly string[] = []) => runner.bash(['-eo', 'pipefail', '-c', script.join('\n')], env)
  const outcome = await run([...(job.before_script ?? []), ...(job.script ?? [])])
  return { ...outcome, after: await run(job.after_script) }
}

async function componentWith(given: Values): Promise<Readonly<Record<string, Job>>> {
  const text = await readFile(join(ROOT, 'config/clients/gitlab.yml'), 'utf8')
  const [header, body = ''] = text.split(/^---\n/m)
  const inputs: Readonly<Record<string, Input>> = parse(String(header)).spec.inputs
  for (const name of Object.keys(given)) assert.ok(name in inputs, `the component has no input "${name}"`)
  assert.equal(parseAllDocuments(text).length, 2)
  const filled = body.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = given[name] ?? inputs[name]?.default
    assert.ok(value !== undefined, `the input "${name}" is required`)
    const { regex, options = [value] } = inputs[name] ?? {}
    assert.ok(options.includes(value), `the input "${name}" has no option "${value}"`)
    assert.match(value, new RegExp(regex ?? ''))
    return value
  })
  return parse(filled)
}
