import { CHAPTERS, type Chapter } from '../rules/chapters.ts'

/** What the place of a rule's file says: `mode/BK301-rootful-image.ts`. */
export interface RuleFile {
  readonly id: string
  readonly slug: string
  readonly chapter: Chapter
}

const NAME = /^(?<id>BK\d{3})-(?<slug>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.ts$/

/** The rules of files in the chapters' folders, in the order of their ids. */
export function ruleFiles(paths: readonly string[]): readonly RuleFile[] {
  const files = paths.map(ruleFile).sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const key of ['id', 'slug'] as const) {
    const names = files.map((file) => file[key])
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice) throw new Error(`${key} of a rule must be unique, got "${twice}" twice`)
  }
  return files
}

/** The rule of one file: `mode/BK301-rootful-image.ts`. */
function ruleFile(path: string): RuleFile {
  const [folder, name = ''] = path.split('/', 2)
  const { id = '', slug = '' } = NAME.exec(name)?.groups ?? {}
  if (!id) throw new Error(`name of a rule's file must be BKnnn-kebab-case.ts, got "${path}"`)
  const chapter = chapterOf(id)
  if (chapter === undefined || chapter !== folder)
    throw new Error(`folder of a rule must be ${folderOf(chapter, id)}, got "${path}"`)
  return { id, slug, chapter }
}

/** The chapter of an id, by its hundred. */
function chapterOf(id: string): Chapter | undefined {
  return CHAPTERS[Number(id.slice(2, 3))]
}

function folderOf(chapter: Chapter | undefined, id: string): string {
  return chapter ? `"${chapter}" for ${id}` : `in fn/rules/chapters.ts for ${id}`
}

/** The path of a rule's file in `fn/rules`, without its end. */
export function pathOf({ id, slug, chapter }: RuleFile): string {
  return `${chapter}/${id}-${slug}`
}
