/** Builds the page: its HTML, and how many bytes of the script each source became. */
export function buildVerifier(): Promise<{
  readonly html: string
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>
}>
