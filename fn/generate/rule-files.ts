import { CHAPTERS, type Chapter } from '../rules/chapters.ts'

/** What the place of a rule's file says: `mode/BK301-rootful-image.ts`. */
export interface RuleFile {
  readonly id: string
  readonly slug: string
  readonly chapter: Chapter
}

/** Ids of rules that no longer exist: a configuration may still switch them off. */
const RETIRED = ['BK214', 'BK407', 'BK533']

const NAME = /^(?<id>BK\d{3})-(?<slug>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.ts$/

/** The rules of files in the chapters' folders, in the order of their ids. */
export function ruleFiles(paths: readonly string[]): readonly RuleFile[] {
  const files = paths.map(ruleFile).sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const key of ['id', 'slug'] as const) {
    const names = files.map((file) => file[key])
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice) throw new Error(`the ${key} of a rule must be unique, got "${twice}" twice`)
  }
  return files
}

/** The rule of one file: `mode/BK301-rootful-image.ts`. */
function ruleFile(path: string): RuleFile {
  const [folder, name = ''] = path.split('/', 2)
  const { id = '', slug = '' } = NAME.exec(name)?.groups ?? {}
  if (!id) throw new Error(`the name of a rule's file must be BKnnn-kebab-slug.ts, got "${path}"`)
  if (RETIRED.includes(id)) throw new Error(`the id of a rule must not be one of a former rule, got "${id}"`)
  const chapter = chapterOf(id)
  if (!chapter) throw new Error(`the id of a rule must be in a hundred of fn/rules/chapters.ts, got "${path}"`)
  if (chapter !== folder) throw new Error(`the folder of ${id} must be "${chapter}", got "${path}"`)
  return { id, slug, chapter }
}

/** The chapter of an id, by its hundred. */
function chapterOf(id: string): Chapter | undefined {
  return CHAPTERS[Number(id.slice(2, 3))]
}

/** The rule of this id, where `BK5xx` is the next number of its hundred that is free, and this slug. */
export function newRule(id: string, slug: string, existing: readonly RuleFile[]): RuleFile {
  const [, hundred] = /^BK(\d)xx$/i.exec(id) ?? []
  const own = hundred === undefined ? id.toUpperCase() : nextIn(hundred, existing)
  if (!/^BK\d{3}$/.test(own) || !chapterOf(own))
    throw new Error(`the id must be BK0xx to BK${CHAPTERS.length - 1}xx, or one of these hundreds, got "${id}"`)
  const file = ruleFile(`${chapterOf(own)}/${own}-${slug}.ts`)
  ruleFiles([...existing, file].map((one) => `${pathOf(one)}.ts`))
  return file
}

/** The id behind the last of a hundred that is in use. */
function nextIn(hundred: string, existing: readonly RuleFile[]): string {
  const own = existing.filter(({ id }) => id[2] === hundred)
  const idOf = (number: number) => `BK${hundred}${String(number).padStart(2, '0')}`
  let next = 1 + Math.max(0, ...own.map(({ id }) => Number(id.slice(3))))
  while (RETIRED.includes(idOf(next))) next += 1
  return idOf(next)
}

/** The path of a rule's file in `fn/rules`, without its end. */
export function pathOf({ id, slug, chapter }: RuleFile): string {
  return `${chapter}/${id}-${slug}`
}
