import assert from 'node:assert/strict'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Outcome } from '../harness/servers/run-program.ts'
import { ROOT } from './stage.ts'

type Values = Readonly<Record<string, string>>

/** Where a CI runs the steps of a job: the arguments of bash, and what their environment has beside that of the machine. */
export interface Runner {
  readonly folder: string
  readonly bash: (args: readonly string[], env: Values) => Promise<Outcome>
}

interface Step {
  readonly id?: string
  readonly run: string
  readonly env?: Values
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

/** How a composite action ended, what the steps after it have in their environment, and its outputs. */
export interface ActionRun extends Outcome {
  readonly env: Values
  readonly outputs: Values
}

/** An action's folder, and what expressions in it give besides inputs. */
interface ActionOptions {
  readonly path?: string
  readonly github?: Values
}

/** Runs action.yml as GitHub's runner does, until a step fails: only what our actions use is understood. */
export async function runAction(
  runner: Runner,
  given: Values,
  { path = ROOT, github = {} }: ActionOptions = {},
): Promise<ActionRun> {
  const action: Action = parse(await readFile(join(path, 'action.yml'), 'utf8'))
  const inputs = expanded(inputsOf(action, given), github)
  const temporary = await mkdtemp(join(runner.folder, 'temp-'))
  const [environment, written] = [join(temporary, 'env'), join(temporary, 'output')]
  const context: Record<string, string> = { ...github }
  for (const [name, value] of Object.entries(inputs)) context[`inputs.${name}`] = value
  const all: ActionRun = { code: 0, stdout: '', stderr: '', env: {}, outputs: {} }
  let last: Outcome = all
  for (const step of action.runs.steps) {
    for (const file of [environment, written]) await writeFile(file, '', { flag: 'a' })
    await writeFile(join(temporary, 'step.sh'), step.run)
    last = await runner.bash(['--noprofile', '--norc', '-eo', 'pipefail', join(temporary, 'step.sh')], {
      ...expanded(step.env ?? {}, context),
      RUNNER_NAME: 'runner 7',
      RUNNER_TEMP: temporary,
      GITHUB_ACTION_PATH: path,
      GITHUB_REPOSITORY: github['github.repository'] ?? 'acme/shop',
      GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
      GITHUB_ENV: environment,
      GITHUB_OUTPUT: written,
    })
    if (last.code !== 0) return { ...all, ...last }
    for (const [name, value] of Object.entries(await assignmentsIn(written)))
      context[`steps.${step.id}.outputs.${name}`] = value
  }
  const outputs = Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value]))
  return { ...last, env: await assignmentsIn(environment), outputs: expanded(outputs, context) }
}

function inputsOf({ inputs }: Action, given: Values): Values {
  for (const name of Object.keys(given)) assert.ok(name in inputs, `action.yml has no input "${name}"`)
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      assert.ok(!input.required || name in given, `the input "${name}" is required`)
      return [name, given[name] ?? input.default ?? '']
    }),
  )
}

function expanded(values: Values, context: Values): Values {
  const expand = (value: string) =>
    value.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      assert.ok(expression in context, `"${expression}" is not known here`)
      return context[expression] ?? ''
    })
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expand(value)]))
}

async function assignmentsIn(file: string): Promise<Values> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]))
}
