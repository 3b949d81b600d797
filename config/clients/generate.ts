/** Writes what the GitLab component has from the script beside it; `npm run generate`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withScript } from './gitlab-component.ts'

const [component, script] = ['gitlab.yml', 'connect.sh'].map((name) => join(import.meta.dirname, name))
if (component && script)
  writeFileSync(component, withScript(readFileSync(component, 'utf8'), readFileSync(script, 'utf8')))
