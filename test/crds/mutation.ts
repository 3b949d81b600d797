import fc from 'fast-check'

/** A change of a manifest: of the `place`-th field or item that it can be made to, with the `pick`-th value that there is for it. */
interface Mutation {
  readonly change: keyof typeof CHANGES
  readonly place: number
  readonly pick: number
}

type Json = Readonly<Record<string, unknown>>

/** A field or an item of a list, and what it stands in. */
interface Place {
  readonly container: Record<string, unknown>
  readonly key: string
  readonly path: string
}

interface Change {
  readonly isPossible: (place: Place) => boolean
  readonly make: (place: Place, pick: number) => void
}

const QUANTITIES =
  '1 1.5 .5 5. +1 -1 1e3 1E3 1e-3 1e1.5 1e1000 1Ki 1ki 1KiB 1m 1n 1k 1K 0x10 1e Gi 1_000 １ 1.2.3'.split(' ')
const STRINGS = ['', 'text', 'two words', '12', 'true', '1\n', ' 1', ...QUANTITIES]
const NUMBERS = [0, 1, -1, 65535, 65536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 2 ** 63, 1.5, 1e20]
const TYPES = [true, 12, 1.5, 'text', '', [], {}, ['text'], [12], { text: 'text' }, { text: 12 }]
const PARTS = ['a', 'a.b', 'a-b', 'A', 'a_b', 'a..b', '-a', 'a-', 'a.-b', 'ü']
const NAMES = [...PARTS, ...[57, 58, 253, 254].map((length) => 'a'.repeat(length))]

const CHANGES = {
  drop: { isPossible: () => true, make: drop },
  null: { isPossible: () => true, make: set([null]) },
  'another type': { isPossible: () => true, make: set(TYPES) },
  'another name': { isPossible: ({ path }) => path === '.metadata.name', make: set(NAMES) },
  'another number': { isPossible: (place) => typeof present(place) === 'number', make: set(NUMBERS) },
  'another quantity': { isPossible: ({ path }) => /\.(requests|limits|maximum)\./.test(path), make: set(QUANTITIES) },
  'another string': { isPossible: isFreeString, make: set(STRINGS) },
  'one more field': {
    isPossible: isInObject,
    make: (place, pick) => set([1, null, 'a'])({ ...place, key: 'more' }, pick),
  },
  'one item twice': { isPossible: (place) => !isInObject(place), make: repeat },
} satisfies Record<string, Change>

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    change: fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])),
    place: fc.nat({ max: 1000 }),
    pick: fc.nat({ max: 100 }),
  }),
  { minLength: 1, maxLength: 2 },
)

/** The manifest after all changes. */
export function mutated(manifest: Json, changes: readonly Mutation[]): Json {
  const copy = structuredClone(manifest)
  for (const { change, place, pick } of changes) {
    const { isPossible, make }: Change = CHANGES[change]
    const places = placesIn(copy, '').filter(isPossible)
    const chosen = places[place % places.length]
    if (chosen) make(chosen, pick)
  }
  return copy
}

function placesIn(value: unknown, path: string): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [
    { container: value as Place['container'], key, path: `${path}.${key}` },
    ...placesIn(child, `${path}.${key}`),
  ])
}

function present({ container, key }: Place): unknown {
  return container[key]
}

function isInObject({ container }: Place): boolean {
  return !Array.isArray(container)
}

/** The syntax of labels and annotations is no matter of the schema. */
function isFreeString(place: Place): boolean {
  return typeof present(place) === 'string' && !/^\.metadata\./.test(place.path)
}

function set(values: readonly unknown[]): Change['make'] {
  return ({ container, key }, pick) => {
    container[key] = values[pick % values.length]
  }
}

function drop({ container, key }: Place): void {
  if (Array.isArray(container)) container.splice(Number(key), 1)
  else delete container[key]
}

function repeat({ container, key }: Place): void {
  if (Array.isArray(container)) container.push(container[Number(key)])
}
