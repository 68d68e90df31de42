// Texts of cells: made even, and judged.

/** A cell as it is compared and kept: NFC, without blanks around it and without line breaks. */
export function tidy(cell: string): string {
  return cell
    .normalize('NFC')
    .replaceAll(/[\r\n\t\u3000]+/g, ' ')
    .trim()
}

/** A mobile number without what people put between its digits. */
export function tidyMobile(cell: string): string {
  return tidy(cell)
    .normalize('NFKC')
    .replace(/^\+?86[ -]?(?=1)/, '')
    .replaceAll(/[ -]/g, '')
}

/** Whether a text can be a name: at most so many characters, none of them hidden. */
export function isName(text: string, most: number): boolean {
  return [...text].length <= most && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
}

export function isMobile(text: string): boolean {
  return /^1\d{10}$/.test(text)
}

/** Whether two texts are the same but for width and blanks: 王 伟 is 王伟. */
export function sameText(one: string, other: string): boolean {
  const bare = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '')
  return bare(one) === bare(other)
}
