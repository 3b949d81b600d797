import { runProgram, type Surroundings } from '../servers/run-program.ts'

/** What a program writes that must succeed. */
export async function succeed(
  program: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, args, surroundings)
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 6).join(' ')}: exit code ${code}: ${stderr || stdout}`)
  return stdout
}
