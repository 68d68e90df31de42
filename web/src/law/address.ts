/** `publication.result_deadline` as the two parts of its address: a dot there would look like a file's. */
export function addressOf(key: string): { readonly group: string; readonly name: string } {
  const [group = '', name = ''] = key.split('.')
  return { group, name }
}
