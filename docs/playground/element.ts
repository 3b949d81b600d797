type Child = Node | string

interface Look {
  readonly class?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly onClick?: () => void
}

/** A new element with what is in it; texts are texts, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  look: Look,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (look.class) made.className = look.class
  for (const [name, value] of Object.entries(look.attributes ?? {})) made.setAttribute(name, value)
  if (look.onClick) made.addEventListener('click', look.onClick)
  made.append(...children)
  return made
}

/** A text with what is in backquotes as code. */
export function prose(text: string): readonly Child[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : element('code', {}, part)))
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page must have an element "${id}"`)
  return found
}

/** The select of the page with this id. */
export function selectById(id: string): HTMLSelectElement {
  const found = byId(id)
  if (!(found instanceof HTMLSelectElement)) throw new Error(`"${id}" must be a select`)
  return found
}
