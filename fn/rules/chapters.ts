/** The chapters of the rule book, by the hundred of their ids: BK3xx is `mode`. Each is a folder. */
export const CHAPTERS = [
  'ignoring',
  'buildkitd-toml',
  'cache',
  'mode',
  'security',
  'pod',
  'engines',
  'surroundings',
] as const

export type Chapter = (typeof CHAPTERS)[number]
