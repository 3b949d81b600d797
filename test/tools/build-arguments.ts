import type { Tool } from './tool.ts'

/** The arguments with which `go build` makes a tool, but for where to put it. */
export function buildArguments({ package: path, variables = {} }: Tool): readonly string[] {
  const assignments = Object.entries(variables).map(([name, value]) => ` -X ${name}=${value}`)
  return ['-trimpath', `-ldflags=-s -w${assignments.join('')}`, path]
}
