// 约定事项: the same term stands in one founding jurisdiction and is refused in another, each with its own citation.

import { describe, expect, it } from 'vitest'
import { sentenceOf } from '../../src/platform/http/sentences.ts'
import { citationText, type Place, resolve } from '../../src/law/index.ts'
import {
  defaultTerms,
  lawOf,
  TERM_CODES,
  type TermCode,
  type TermValue,
  TERMS,
  termText,
  whyNotTerm,
  whyNotTerms,
} from '../../src/tasks/schemes/terms.rules.ts'
import { whyNotChannel } from '../../src/tasks/schemes/schemes.rules.ts'
import { LAW } from '../support/app.ts'

const NAIMAN: Place = { division: '150525', on: '2024-06-03' }
const PUYANG: Place = { division: '410928', on: '2023-06-30' }
const WUSHEN: Place = { division: '150626', on: '2023-06-30' }
const BORTALA: Place = { division: '652701', on: '2020-05-11' }
const NINGAN: Place = { division: '231084', on: '2020-05-11' }

const refused = (place: Place, code: TermCode, value: TermValue): string | undefined =>
  whyNotTerm(LAW, place, code, value)?.code

describe('a term of a scheme', () => {
  it.each<[string, TermCode, TermValue, Place, Place]>([
    ['D-1: 15 days to publish', 'publicationDays', 15, BORTALA, PUYANG],
    ['D-2: from the end of the inspection', 'publicationStartsAt', 'inspectionEnd', BORTALA, PUYANG],
    ['D-3: the lead publishes', 'publisher', 'LEAD_AUTHORITY', BORTALA, NINGAN],
    ['D-4: inspectors may be swapped', 'swapPermitted', true, PUYANG, WUSHEN],
    ['D-4: no approval before a substitute', 'replacementSteps', ['SUBSTITUTE_DRAWN'], PUYANG, NAIMAN],
    ['D-5: one inspector', 'teamSize', 1, PUYANG, NAIMAN],
    ['D-9: 30 days to object', 'objectionDays', 30, PUYANG, NAIMAN],
    ['D-9: 21 days to re-examine', 'reExaminationDays', 21, PUYANG, NAIMAN],
    ['D-9: 16 days to reply', 'replyDays', 16, PUYANG, NAIMAN],
    ['D-10: the lead draws all', 'organiser', 'LEAD_UNIFIED', NAIMAN, PUYANG],
    ['D-13: the list is withheld', 'drawnListPublished', false, NAIMAN, BORTALA],
    ['D-18: the lead archives', 'archiveKeptBy', 'LEAD_AUTHORITY', BORTALA, NINGAN],
  ])('%s: stands in one place, is refused in another', (_, code, value, here, there) => {
    expect(refused(here, code, value)).toBeUndefined()
    expect(whyNotTerm(LAW, there, code, value)).toMatchObject({
      code: 'scheme.term_unlawful',
      law: TERMS[code].law,
      params: { term: code },
    })
  })

  it('D-16: the platform of one place is not that of another', () => {
    const name = resolve(LAW, 'tasks.platform_name', PUYANG)?.value as string
    expect(refused(PUYANG, 'platformName', name)).toBeUndefined()
    expect(refused(NINGAN, 'platformName', name)).toBe('scheme.term_unlawful')
  })

  it('cites the document of the place that refuses it', () => {
    const refusal = whyNotTerm(LAW, PUYANG, 'publicationDays', 15)
    const rule = resolve(LAW, refusal?.law ?? '', PUYANG)
    expect(citationText(rule!.source)).toContain('濮县双随机办〔2023〕13号 三（一）5')
    expect(refusal?.params).toMatchObject({ term: 'publicationDays', value: '15', lawful: '10' })
  })

  it('says in both languages what the law has', () => {
    const said = whyNotTerm(LAW, NAIMAN, 'replacementReasons', ['RECUSAL', 'SPECIALIST_ITEM'])?.params ?? {}
    expect(sentenceOf('scheme.term_unlawful', said, 'zh-CN')).toContain('有利害关系，依法回避')
    const english = sentenceOf('scheme.term_unlawful', said, 'en')
    expect(english).toContain('Recusal for a conflict of interest, Cannot carry out a specialist item alone')
    expect(english).not.toMatch(/\p{Script=Han}/u)
    for (const code of TERM_CODES) {
      const lawful = lawOf(LAW, NAIMAN, code)
      if (!lawful || TERMS[code].form === 'text') continue
      expect(termText(LAW, code, lawful.value).en, code).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it('may be stricter than the law, never looser', () => {
    expect(refused(NAIMAN, 'publicationDays', 20)).toBeUndefined()
    expect(refused(NAIMAN, 'publicationDays', 19)).toBeUndefined()
    expect(refused(NAIMAN, 'publicationDays', 21)).toBe('scheme.term_unlawful')
    expect(refused(NAIMAN, 'objectionDays', 59)).toBe('scheme.term_unlawful')
    expect(refused(NAIMAN, 'objectionDays', 61)).toBeUndefined()
    expect(refused(NAIMAN, 'officersPerVisit', 1)).toBe('scheme.term_unlawful')
  })

  it('takes more steps before a substitute, but no more reasons than the document has', () => {
    const all = ['INSPECTOR_APPLIES', 'UNIT_HEAD_REVIEWS', 'LEADER_APPROVES', 'SUBSTITUTE_DRAWN']
    expect(refused(WUSHEN, 'replacementSteps', all)).toBeUndefined()
    expect(refused(NAIMAN, 'replacementReasons', ['RECUSAL'])).toBeUndefined()
    expect(refused(NAIMAN, 'replacementReasons', ['RECUSAL', 'SPECIALIST_ITEM'])).toBe('scheme.term_unlawful')
  })

  it('may give 及时 a number, but not a number 及时', () => {
    expect(refused(NINGAN, 'publicationDays', 5)).toBeUndefined()
    expect(refused(NINGAN, 'publicationDays', 'PROMPTLY')).toBeUndefined()
    expect(refused(NAIMAN, 'publicationDays', 'PROMPTLY')).toBe('scheme.term_unlawful')
  })

  it('is not left out where the law decides it, and is free where none does', () => {
    expect(refused(NAIMAN, 'objectionDays', null)).toBe('scheme.term_unlawful')
    expect(refused(PUYANG, 'objectionDays', null)).toBeUndefined()
  })

  it.each<[TermCode, TermValue]>([
    ['publicationDays', 0],
    ['publicationDays', 2.5],
    ['publicationDays', 'SOON'],
    ['teamSize', 'PROMPTLY'],
    ['publisher', 'SOMEBODY'],
    ['replacementSteps', ['PRAYER']],
    ['swapPermitted', 'yes'],
    ['platformName', ' '],
  ])('is no %s: %s', (code, value) => expect(refused(PUYANG, code, value)).toBe('scheme.term_malformed'))
})

describe('the terms of a new scheme', () => {
  it.each([NAIMAN, PUYANG, WUSHEN, BORTALA, NINGAN])('are those of the law in $division', (place) => {
    const terms = defaultTerms(LAW, place)
    expect(whyNotTerms(LAW, place, terms)).toBeUndefined()
    for (const code of TERM_CODES)
      if (terms[code] === null) expect(refused(place, code, null)).toBeUndefined()
  })
})

describe('the channel of a scheme (D-14)', () => {
  it('is the web site in 150525 and the platform in 652700', () => {
    expect(whyNotChannel(LAW, NAIMAN, 'WEBSITE')).toBeUndefined()
    expect(whyNotChannel(LAW, NAIMAN, 'PLATFORM')).toMatchObject({
      code: 'scheme.channel_not_here',
      law: 'publication.scheme_published_through',
    })
    expect(whyNotChannel(LAW, BORTALA, 'WEBSITE')?.code).toBe('scheme.channel_not_here')
    expect(whyNotChannel(LAW, PUYANG, 'WEBSITE')).toBeUndefined()
    expect(whyNotChannel(LAW, PUYANG, 'SHOUTING')?.code).toBe('scheme.channel_unknown')
  })
})
