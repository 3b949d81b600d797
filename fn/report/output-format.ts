/** What `check --output` writes on standard output for programs. */
export const OUTPUT_FORMATS = ['json', 'sarif', 'github'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]
