// Searching in texts.

/** A pattern of `like` for texts that contain what is sought; none of it is a wildcard. */
export function containing(sought: string): string {
  return `%${escaped(sought)}%`
}

/** A pattern of `like` for texts that begin with what is sought. */
export function beginning(sought: string): string {
  return `${escaped(sought)}%`
}

function escaped(sought: string): string {
  return sought.normalize('NFC').replaceAll(/[\\%_]/g, String.raw`\$&`)
}
