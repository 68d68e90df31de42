import { creditCodeCheck } from '@sunlot/draw'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeCode, keptFlags } from '../../src/registers/subjects/code.rules.ts'
import { entityTypeOf, typeOfWords } from '../../src/registers/subjects/entity-type.rules.ts'
import { industryChain, industryOf } from '../../src/registers/subjects/industry.rules.ts'
import { countyFinder, type PlaceClues } from '../../src/registers/subjects/place.rules.ts'
import { LAW } from '../law/law.ts'

const find = countyFinder(LAW.divisions)
const place = (clues: PlaceClues) => find(clues)
const withCheck = (first17: string): string => first17 + creditCodeCheck(first17)!
const SOUND = withCheck('91990101MA0000001')

describe('a code', () => {
  it('is one of eighteen characters with its check digit, or an older number of thirteen to fifteen', () => {
    expect(judgeCode(SOUND)).toEqual({ code: SOUND, kind: 'uscc', flags: [] })
    expect(judgeCode('990101000012340')).toMatchObject({ kind: 'registrationNumber' })
    expect(judgeCode('3303021012389')).toEqual({
      code: '3303021012389',
      kind: 'registrationNumber',
      flags: [],
    })
    expect(judgeCode('320506NA000043X')).toMatchObject({ kind: 'registrationNumber', flags: [] })
  })

  it('of fifteen digits is taken with a wrong check digit, and flagged', () => {
    expect(judgeCode('320982000017195')).toMatchObject({ flags: [] })
    expect(judgeCode('320982000017196')).toMatchObject({ flags: ['registrationCheckDigit'] })
    expect(judgeCode('330106680213001')).toMatchObject({ flags: ['registrationCheckDigit', 'idCardLike'] })
  })

  it('that is no code is told what it is instead', () => {
    const wrong = SOUND.slice(0, 17) + (SOUND.endsWith('0') ? '1' : '0')
    expect(judgeCode('')).toEqual({ defect: 'missing' })
    expect(judgeCode(' \u200b')).toEqual({ defect: 'missing' })
    expect(judgeCode('N/A')).toEqual({ defect: 'nullWord' })
    expect(judgeCode('无')).toEqual({ defect: 'nullWord' })
    expect(judgeCode(wrong)).toEqual({ defect: 'badCheckDigit' })
    expect(judgeCode('12345')).toEqual({ defect: 'malformed' })
    expect(judgeCode('11010519491231002X')).toEqual({ defect: 'idCard' })
    expect(judgeCode('１１０１０５ 19491231 002x')).toEqual({ defect: 'idCard' })
  })

  it('has one spelling, however it is written', () => {
    const wide = (text: string) =>
      [...text].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')
    const blanks = ['', ' ', '\u3000', '\u00a0', '\u200b', '\ufeff', '\u202e', '\u00ad', '\t']
    const written = fc
      .tuple(
        fc.integer({ min: 0, max: 999_999 }),
        fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.constantFrom(...blanks)), {
          minLength: 18,
          maxLength: 18,
        }),
      )
      .map(([n, how]) => {
        const code = withCheck(`91990101MA${String(n).padStart(7, '0')}`)
        const text = [...code]
          .map((c, i) => {
            const [isWide, isLower, blank] = how[i]!
            const cased = isLower ? c.toLowerCase() : c
            return (isWide ? wide(cased) : cased) + blank
          })
          .join('')
        return { code, text }
      })
    fc.assert(
      fc.property(written, ({ code, text }) => {
        expect(judgeCode(text)).toMatchObject({ code, kind: 'uscc' })
      }),
      { numRuns: 10_000 },
    )
  })

  it('keeps the flags that speak of the number, not of how it was written', () => {
    expect(judgeCode(SOUND.toLowerCase())).toMatchObject({ flags: ['lowerCase'] })
    expect(keptFlags(['registrationCheckDigit', 'lowerCase', 'fullWidth', 'blanks'])).toEqual([
      'registrationCheckDigit',
    ])
  })
})

describe('the county', () => {
  it('is what a column says, by name or by code', () => {
    expect(place({ province: '浙江', prefecture: '嘉兴', county: '桐乡' })).toEqual({
      divisionCode: '330483',
      basis: 'stated',
      flags: [],
    })
    expect(place({ county: '990101' })).toMatchObject({ divisionCode: '990101', basis: 'stated' })
    expect(place({ county: '示例省青石市青石县' })).toMatchObject({ divisionCode: '990101', basis: 'stated' })
    expect(place({ province: '河南省', prefecture: '济源' })).toMatchObject({ divisionCode: '419001' })
  })

  it.each([
    ['浙江', '宁波', '浙江省宁波市海曙区某路1号', '330203'],
    ['浙江', '嘉兴', '桐乡市乌镇西浜村', '330483'],
    ['湖南', '湘潭', '湘潭县易俗河镇', '430321'],
    ['湖南', '湘潭', '湘潭市岳塘区某路', '430304'],
    ['云南', '德宏', '云南省德宏州芒市某路47号', '533103'],
    ['江苏', '淮安', '淮安市淮阴区某镇', '320804'],
    ['', '', '黑龙江省宁安市某街', '231084'],
    ['', '', '北京市朝阳区某路', '110105'],
    ['', '', '示例省青石市青石县城关街道1号', '990101'],
  ])('is read from an address: %s %s %s', (province, prefecture, address, divisionCode) => {
    expect(place({ province, prefecture, address })).toEqual({ divisionCode, basis: 'address', flags: [] })
  })

  it('of a name that many bear is told only where the prefecture is known', () => {
    expect(place({ address: '鼓楼区某路1号' })).toBeUndefined()
    expect(place({ province: '江苏', prefecture: '南京', address: '鼓楼区某路1号' })).toMatchObject({
      divisionCode: '320106',
    })
  })

  it('whose name was abolished is the one that took the name over, and flagged', () => {
    expect(place({ province: '江苏', prefecture: '盐城', address: '大丰市王港闸南' })).toEqual({
      divisionCode: '320904',
      basis: 'address',
      flags: ['revokedDivision'],
    })
  })

  it('without its 区 is taken from an address with a flag, unless the code says the same; and never from a street', () => {
    const where = { province: '江苏', prefecture: '常州', address: '武进雪堰镇某村' }
    expect(place(where)).toMatchObject({ divisionCode: '320412', flags: ['countyByShortName'] })
    expect(place({ ...where, code: withCheck('91320412000000001') })).toMatchObject({ flags: [] })
    expect(place({ province: '浙江', prefecture: '杭州', address: '杭州市西湖大道1号' })).toMatchObject({
      divisionCode: '330100',
      flags: ['countyUnknown'],
    })
  })

  it('is never taken unflagged from the digits of a code', () => {
    const clues = fc.record({
      province: fc.constantFrom('', '浙江', '江苏省', 'N/A'),
      prefecture: fc.constantFrom('', '杭州', '盐城市', '未知'),
      address: fc.constantFrom('', '某路1号', '杭州市某路', '大丰市王港'),
      code: fc.constantFrom(...LAW.divisions.keys()).map((division) => withCheck(`91${division}000000001`)),
    })
    fc.assert(
      fc.property(clues, (some) => {
        const found = place(some)
        if (found?.basis === 'registrar') expect(found.flags).toContain('countyFromCode')
        const withoutCode = place({ ...some, code: undefined })
        if (found?.basis !== 'registrar') expect(found?.divisionCode).toBe(withoutCode?.divisionCode)
      }),
    )
    expect(place({ code: '320982000017195' })).toEqual({
      divisionCode: '320904',
      basis: 'registrar',
      flags: ['countyFromCode', 'revokedDivision'],
    })
  })

  it('is not that of a registrar in another prefecture', () => {
    const code = withCheck('91330203000000001')
    expect(place({ province: '浙江', prefecture: '杭州', address: '某路', code })).toEqual({
      divisionCode: '330100',
      basis: 'stated',
      flags: ['countyUnknown'],
    })
  })

  it('is found in microseconds', () => {
    const clues = {
      province: '浙江',
      prefecture: '宁波',
      address: '宁波高新区某某路一百二十三号某某大厦十楼',
      code: SOUND,
    }
    place(clues)
    const from = performance.now()
    for (let i = 0; i < 20_000; i++) place(clues)
    expect((performance.now() - from) / 20).toBeLessThan(150)
  })
})

describe('the type', () => {
  it.each([
    ['有限责任公司(自然人独资)', 'LEGAL_PERSON', 'enterprise'],
    ['有限责任公司分公司（自然人投资或控股）', 'UNINCORPORATED', 'enterprise'],
    ['个体工商户', 'UNINCORPORATED', 'individualBusiness'],
    ['农民专业合作社', 'LEGAL_PERSON', 'farmersCooperative'],
    ['民办非企业单位', 'LEGAL_PERSON', 'privateNonEnterpriseUnit'],
    ['社会服务机构', 'LEGAL_PERSON', 'privateNonEnterpriseUnit'],
    ['社会团体', 'LEGAL_PERSON', 'socialOrganisation'],
    ['事业单位', 'LEGAL_PERSON', 'publicInstitution'],
    ['律师事务所', 'UNINCORPORATED', 'professionalBody'],
    ['个人独资企业', 'UNINCORPORATED', 'enterprise'],
    ['自然人', 'NATURAL_PERSON', 'other'],
    ['项目', 'PROJECT', 'other'],
  ])('of %s is %s, %s', (words, kind, entityType) => {
    expect(typeOfWords(words)).toEqual({ kind, entityType })
  })

  it('is told by the code where no words tell it', () => {
    expect(entityTypeOf('N/A', withCheck('93990101MA0000001'), '').entityType).toBe('farmersCooperative')
    expect(entityTypeOf('', SOUND, '青石县某公司第一分公司').kind).toBe('UNINCORPORATED')
    expect(entityTypeOf('某种类型', '', '')).toEqual({ kind: 'UNINCORPORATED', entityType: 'other' })
  })
})

describe('the industry', () => {
  const code = (text: string) => industryOf(text, LAW.industries)

  it('is a code of GB/T 4754-2017 however it is written', () => {
    for (const text of ['F5212', '5212', 'f5212', '5212 超级市场零售', '超级市场零售', ' ５２１２'])
      expect(code(text)).toEqual({ code: 'F5212' })
    expect(code('F 批发和零售业')).toEqual({ code: 'F' })
    expect(industryChain('F5212', LAW.industries).map((one) => one.code)).toEqual([
      'F',
      'F52',
      'F521',
      'F5212',
    ])
  })

  it('that the standard does not know is refused by name', () => {
    for (const text of ['9999', 'A5212', '开网店的', '52121', 'FF'])
      expect(code(text)).toEqual({ defect: 'unknownIndustry' })
    expect(code('N/A')).toEqual({ defect: 'missing' })
  })

  it('stands in a list as long as the standard', () => {
    const lengths = [...LAW.industries.keys()].map((one) => one.length)
    expect([1, 3, 4, 5].map((n) => lengths.filter((length) => length === n).length)).toEqual([
      20, 97, 473, 1381,
    ])
  })
})
