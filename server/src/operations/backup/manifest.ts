// What a backup says of itself: the last entry of its archive, so that one that was cut off has none.

/** The name of the entry. */
export const MANIFEST = 'manifest.json'

/** What stands in a backup. Hashes are SHA-256 in hex. */
export interface Manifest {
  readonly v: 1
  readonly kind: 'sunlot-backup'
  readonly engine: 'pglite' | 'postgres'
  /** When it was begun; what was answered later is not in it. ISO. */
  readonly at: string
  /** Of each key file of that time, by its path: a key is 32 random bytes, which no hash gives away. */
  readonly keys: Readonly<Record<string, string>>
  readonly files: readonly ManifestFile[]
}

/** A file of the archive. */
export interface ManifestFile {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

const NAME = /^(?:database|files|log)(?:\/[A-Za-z0-9_.-]+)+$|^database\.dump$/

/** Whether a name may be written below a folder: nothing that climbs, nothing that a disk would read as something else. */
export function isSafeName(name: string): boolean {
  return NAME.test(name) && !name.split('/').some((part) => /^\.+$/.test(part))
}

/** The manifest that a text holds, or nothing. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest
    const isOurs = manifest.v === 1 && manifest.kind === 'sunlot-backup' && Array.isArray(manifest.files)
    return isOurs && manifest.files.every(({ name }) => isSafeName(name)) ? manifest : undefined
  } catch {
    return undefined
  }
}
