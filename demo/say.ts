import process from 'node:process'

const start = performance.now()

/** Says what happens, and when. */
export function say(text: string): void {
  process.stdout.write(`\n${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}\n`)
}

/** Shows what a command prints. */
export function show(command: string, output: string): void {
  const lines = [
    `$ ${command}`,
    ...output
      .trimEnd()
      .split('\n')
      .filter((line, at) => at > 0 || line !== ''),
  ]
  process.stdout.write(`${lines.map((line) => `         ${line}`.trimEnd()).join('\n')}\n`)
}
