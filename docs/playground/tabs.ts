/** Makes tabs work as the ARIA patterns describe them: one is in the order of Tab, and the arrow keys lead to the others. */
export function wireTabs(list: HTMLElement): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')]

  function select(tab: HTMLElement): void {
    for (const one of tabs) {
      const isSelected = one === tab
      one.setAttribute('aria-selected', String(isSelected))
      one.tabIndex = isSelected ? 0 : -1
      panelOf(one).hidden = !isSelected
    }
  }

  for (const tab of tabs) tab.addEventListener('click', () => select(tab))
  list.addEventListener('keydown', (event) => {
    const next = nextOf(event.key, tabs.indexOf(event.target as HTMLElement), tabs.length)
    const tab = next === undefined ? undefined : tabs[next]
    if (!tab) return
    event.preventDefault()
    select(tab)
    tab.focus()
  })
  if (tabs[0]) select(tabs[0])
}

function panelOf(tab: HTMLElement): HTMLElement {
  const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
  if (!panel) throw new Error(`the tab "${tab.id}" must have a panel`)
  return panel
}

function nextOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowLeft':
      return (at + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
