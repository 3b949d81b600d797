/** What a run has to say: texts for standard output in order, lines for standard error, and the exit code. */
export interface Outcome {
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly exitCode: 0 | 1 | 2
}
