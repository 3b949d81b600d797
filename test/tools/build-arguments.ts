import type { Tool } from './tool.ts'

/** The arguments with which `go build` makes a tool, but for where to put it. */
export function buildArguments({ package: path, variables = {}, cgoTags }: Tool): readonly string[] {
  const assignments = Object.entries(variables).map(([name, value]) => ` -X ${name}=${value}`)
  const flags = `-s -w${assignments.join('')}${cgoTags ? ' -extldflags -static' : ''}`
  return ['-trimpath', ...(cgoTags ? ['-tags', cgoTags] : []), `-ldflags=${flags}`, path]
}
