import { Refused } from '../refusal.ts'

/** The name that an upload was given, from its percent-encoded header; never a path. Throws Refused (400). */
export function fileNameIn(header: string | undefined): string {
  try {
    const name = decodeURIComponent(header ?? '')
      .normalize('NFC')
      .replaceAll(/[\p{C}/\\]/gu, '')
    return name.trim().slice(0, 200) || '未命名'
  } catch {
    throw new Refused({ code: 'file_name_malformed' }, 400)
  }
}
