import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { moduleFolder } from '../../tools/module-folder.ts'

/** The files with the CustomResourceDefinitions of the cert-manager that tests run. */
export function certManagerCrds(): readonly string[] {
  const folder = join(moduleFolder('cert-manager', 'github.com/cert-manager/cert-manager'), 'deploy/crds')
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return names.map((name) => join(folder, name))
}
