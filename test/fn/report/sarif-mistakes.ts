import { join } from 'node:path'
import { binary } from '../../harness/servers/binaries.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { moduleFolder } from '../../tools/module-folder.ts'

const SCHEMA = 'report/sarif/testdata/sarif-schema-2.1.0.json'

/** What is wrong with a SARIF log by the schema of OASIS (2.1.0, errata 01), which the tests of gosec have; nothing where it is valid. */
export async function sarifMistakes(log: string): Promise<string> {
  const schema = join(moduleFolder('sarif-schema', 'github.com/securego/gosec/v2'), SCHEMA)
  const { code, stdout, stderr } = await runProgram(binary('jv'), [schema, '-'], { input: log })
  return code === 0 ? '' : stdout + stderr
}
