// 依据: how a rule is cited.

import type { Law, Source } from './shapes.ts'

/** `奈文旅联发〔2024〕2号 三（六）：“每个检查小组不少于2人”`: document, article where known, the words where quoted. */
export function citationText({ document, article, phrase }: Source): string {
  const where = [document, article].filter((part) => part !== undefined).join(' ')
  return phrase === undefined ? where : `${where}：“${phrase.replaceAll('“', '‘').replaceAll('”', '’')}”`
}

/** The full title of the document that a source cites, when the citation register has it. */
export function citedTitle(law: Pick<Law, 'documents'>, { document }: Source): string | undefined {
  return law.documents.get(document)?.title
}
