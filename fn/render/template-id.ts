/** What a Buildkit finds its template by: the name, in its own namespace. */
export function templateId(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`
}
