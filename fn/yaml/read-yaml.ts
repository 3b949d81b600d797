import { readBlock } from './read-block.ts'
import { type Read, readDocument } from './read-document.ts'

/** The value of a YAML or JSON text of one document: quickly where it is plain block YAML, else with the `yaml` package. */
export function readYaml(text: string): Read {
  return readBlock(text) ?? readDocument(text)
}
