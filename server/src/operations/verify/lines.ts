import en from '../../../../words/en/log.json' with { type: 'json' }
import zh from '../../../../words/zh-CN/log.json' with { type: 'json' }
import { linesOf, type VerifyReport } from '../../platform/log/index.ts'
import type { Language } from '../words.ts'

/** A verification as lines to read. */
export function linesOfReport(report: VerifyReport, language: Language): readonly string[] {
  return linesOf(report, language === 'en' ? en : zh)
}
