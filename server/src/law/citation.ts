// 依据: how a rule is cited.

import type { Source } from './shapes.ts'

/** `奈文旅联发〔2024〕2号 三（六）：“每个检查小组不少于2人”`: document, article where known, the words where quoted. */
export function citationText({ document, article, phrase }: Source): string {
  const where = [document, article].filter((part) => part !== undefined).join(' ')
  return phrase === undefined ? where : `${where}：“${phrase.replaceAll('“', '‘').replaceAll('”', '’')}”`
}
