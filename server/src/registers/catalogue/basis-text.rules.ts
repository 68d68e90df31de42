// 依据 as offices write it in one cell: titles in 《》, numbers in brackets, articles after them.

/** An instrument that a text cites. */
export interface ReadBasis {
  readonly title: string
  readonly documentNumber: string | null
  readonly article: string | null
  /** Guessed from the title: a person confirms it in the register of citations. */
  readonly level:
    | 'law'
    | 'administrativeRegulation'
    | 'localRegulation'
    | 'departmentalRule'
    | 'normativeDocument'
    | 'standard'
}

const CITED = /《([^《》]+)》\s*(?:[（(]([^（）()]{1,60})[）)])?([^《]*)/g
const ARTICLE = /第[一二三四五六七八九十百千零〇\d]+条[^《。；;]*/

/** The instruments that a text cites, in its order, each once with all its articles. */
export function readBases(text: string): readonly ReadBasis[] {
  const found = new Map<string, ReadBasis>()
  for (const [, title = '', bracket = '', after = ''] of text.matchAll(CITED)) {
    const name = title.trim()
    if (name.length < 2 || name.length > 200) continue
    const documentNumber = /号|令|GB|公告/.test(bracket) ? bracket.trim() : null
    const article = articleOf(after)
    const earlier = found.get(name)
    found.set(name, {
      title: name,
      documentNumber: earlier?.documentNumber ?? documentNumber,
      article:
        [earlier?.article, article]
          .filter((part) => part != null)
          .join('；')
          .slice(0, 300) || null,
      level: levelOf(name, documentNumber),
    })
  }
  return [...found.values()]
}

function articleOf(after: string): string | null {
  const article = ARTICLE.exec(after)?.[0]
    .trim()
    .replace(/[、，,\s]+$/, '')
  return article === undefined || article === '' ? null : article
}

function levelOf(title: string, number: string | null): ReadBasis['level'] {
  const isLocal = /^.{2,8}(?:省|市|自治区|自治州|县)/.test(title) && !title.startsWith('中华人民共和国')
  if (/通知|意见|方案|规程|工作指引/.test(title)) return 'normativeDocument'
  if (/^GB|标准|规范$/.test(title) || /GB/.test(number ?? '')) return 'standard'
  if (/条例(?:实施细则)?$/.test(title)) return isLocal ? 'localRegulation' : 'administrativeRegulation'
  if (title.endsWith('法') && !title.endsWith('办法')) return 'law'
  return 'departmentalRule'
}
