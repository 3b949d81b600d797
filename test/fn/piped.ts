import { runCommand } from '../../fn/commands/run-command.ts'

/** What a command makes of standard input, its places without a file. */
export async function piped(
  args: readonly string[],
  stdin: string,
): Promise<{ readonly text: string; readonly stderr: readonly string[]; readonly exitCode: number }> {
  const { stdout, stderr, exitCode } = await runCommand(args, () => Promise.resolve(Buffer.from(stdin)))
  return { text: stdout.join(''), stderr: stderr.map((line) => line.replace('standard input:', '')), exitCode }
}

/** One document as the only item of a ResourceList. */
export function inResourceList(text: string): string {
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`
}
