/**
 * The HTML of a document with a picture for each theme of the site. On GitHub, `<source media>` chooses by the theme of the browser; a
 * reader of the site may choose another one.
 */
export function picturesOfThemes(html: string): string {
  const pictures =
    /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]*)">\s*<img ([^>]*)>\s*<\/picture>/g
  return html.replaceAll(pictures, (_, dark: string, attributes: string) => {
    const light = /src="([^"]*)"/.exec(attributes)?.[1] ?? ''
    const image = (src: string, theme: string) =>
      `<img class="in-${theme}" loading="lazy" ${attributes.replace(`src="${light}"`, `src="./${src}"`)}>`
    return `${image(light, 'light')}${image(dark, 'dark')}`
  })
}
