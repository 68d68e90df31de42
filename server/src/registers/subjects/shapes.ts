// Parts of requests and representations that this part of the registers shares.

import { Type } from 'typebox'
import { Id, Name, OrNull, Reason, Shape } from '../../platform/http/shapes.ts'
import { ENTITY_TYPES, SUBJECT_KINDS } from './entity-type.rules.ts'

export const Kind = Type.Enum([...SUBJECT_KINDS], {
  description: '对象种类：法人、自然人、非法人组织、产品、项目、行为',
})
export const EntityKind = Type.Enum([...ENTITY_TYPES], {
  description:
    '主体类型：企业、个体工商户、农民专业合作社、社会服务机构（民办非企业单位）、社会团体、事业单位、专业服务机构、其他',
})
export const RegistrationState = Type.Enum(
  ['active', 'suspended', 'deregistered', 'revoked', 'cancelled', 'relocated'],
  { description: '登记状态：存续、歇业、注销、吊销、撤销、迁出' },
)
export const CreditClass = Type.Enum(['A', 'B', 'C', 'D'], { description: '信用风险分类' })
export const RiskGrade = Name(20, '风险等级')
export const Tags = Type.Array(Name(40, '标签，如 经营异常名录、严重违法失信名单、投诉举报'), {
  uniqueItems: true,
  maxItems: 20,
})
export const Pools = Type.Array(Name(40, '专项库'), { uniqueItems: true, maxItems: 20 })
export const Industry = Type.String({
  pattern: '^[A-T]([0-9]{2,4})?$',
  description: '国民经济行业代码（GB/T 4754-2017），门类字母加数字，如 F5212',
})
export const Township = Type.String({ pattern: '^[0-9]{9}([0-9]{3})?$', description: '乡镇、街道或村的代码' })
export const Words = (maxLength: number, description: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    // Several lines, but no character that turns the text round or cannot be seen (O6).
    pattern: String.raw`^(?!\s)[^\p{Cf}\x00-\x08\x0b\x0c\x0e-\x1f]+$`,
    description,
  })
export const WithReason = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })
export const AuthorityName = Shape({ id: Id, name: Type.String() })
export const MaybeText = OrNull(Type.String())
