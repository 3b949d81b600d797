/** The text of the renderer, all of fn/main.ts in one, which fn/generate/bundle.ts puts here. */
declare const RENDERER_TEXT: string
/** Another one for another text. */
declare const RENDERER_TEXT_ID: string

export const RENDERER: string = RENDERER_TEXT
export const RENDERER_ID: string = RENDERER_TEXT_ID
