import { castPicture } from './pictures/cast-picture.ts'
import { flowPicture } from './pictures/flow-picture.ts'
import { PALETTES } from './pictures/palette.ts'
import { beatsOf } from './pictures/recording.ts'

/** The pictures of the README, for light and for dark pages, by the names of their files. `cast` is what `npm run demo:record` wrote. */
export function pictures(cast: string): Readonly<Record<string, string>> {
  const beats = beatsOf(cast)
  const drawn = Object.entries(PALETTES).flatMap(([scheme, palette]) => [
    [`flow-${scheme}.svg`, flowPicture(palette)] as const,
    [`demo-${scheme}.svg`, castPicture('npm run demo', beats, palette)] as const,
  ])
  return Object.fromEntries(drawn)
}
