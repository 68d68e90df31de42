import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Instant,
  Name,
  OrNull,
  PageOf,
  Shape,
  Version,
  Why,
} from '../../platform/http/shapes.ts'
import { SCHEME_STATES } from './schemes.rules.ts'
import { TERM_CODES } from './terms.rules.ts'

const State = Type.Enum([...SCHEME_STATES], { description: '草稿、已公布、已由新版替代' })
const Code = Type.String({ pattern: '^[A-Z_]{2,40}$' })
const TermCode = Type.Enum([...TERM_CODES], { description: '约定事项' })
const TermValue = Type.Union(
  [
    Type.Integer(),
    Type.Boolean(),
    Type.String({ minLength: 1, maxLength: 200 }),
    Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40, uniqueItems: true }),
    Type.Null(),
  ],
  { description: '数字、是否、代码、代码的清单或文字；空：不约定' },
)

/** As a document writes it, and in English. */
const Said = Shape({ 'zh-CN': Type.String(), en: Type.String() })

const ShownTerm = Shape({
  code: TermCode,
  value: TermValue,
  text: Said,
  form: Type.Enum(['number', 'boolean', 'code', 'codes', 'text']),
  list: OrNull(Type.String({ description: '代码清单' })),
  compare: Type.Enum(['atMost', 'atLeast', 'equal', 'includesAll', 'within'], {
    description: '与规定的关系：不多于、不少于、一致、全部包含、限于其中',
  }),
  law: Type.String({ description: '法规参数' }),
  lawful: OrNull(Said),
  citation: OrNull(Type.String({ description: '依据' })),
  whyNot: Why,
})

const ShownSection = Shape({
  code: Code,
  title: Type.String(),
  text: Type.String(),
  generated: Type.String({ description: '按任务生成的文字' }),
  isEdited: Type.Boolean(),
  isOutdated: Type.Boolean({ description: '改写过，而任务又有变动' }),
  isRequired: Type.Boolean({ description: '当地规定应写明' }),
})

const head = {
  id: Id,
  version: Version,
  taskId: Id,
  taskName: Type.String(),
  taskNumber: Type.String(),
  number: Type.Integer({ description: '第几版' }),
  state: State,
  writtenBy: Type.String(),
  writtenAt: Instant,
  publishedBy: OrNull(Type.String()),
  publishedOn: OrNull(Day),
  channel: OrNull(Code),
  channelNote: OrNull(Type.String()),
}

export const Scheme = Shape({
  ...head,
  leadAuthorityName: Type.String(),
  divisionCode: DivisionCode,
  terms: Type.Array(ShownTerm),
  sections: Type.Array(ShownSection),
  isTaskChanged: Type.Boolean({ description: '生成之后任务有变动' }),
  isLawChanged: Type.Boolean({ description: '生成之后规定有变动' }),
  changed: OrNull(
    Shape({
      number: Type.Integer({ description: '与之相比的那一版' }),
      sections: Type.Array(Shape({ code: Code, before: Type.String({ description: '上一版的文字' }) })),
      terms: Type.Array(TermCode),
    }),
  ),
  channels: Type.Array(Code, { description: '当地规定的公示途径；空：无规定' }),
  can: Can('generate', 'edit', 'publish', 'revise'),
})
export type Scheme = Static<typeof Scheme>

export const SchemeList = Shape({
  items: Type.Array(Shape(head)),
  can: Can('generate', 'revise'),
})

export const SchemeEdit = Type.Object(
  {
    terms: Type.Optional(
      Type.Array(Type.Object({ code: TermCode, value: TermValue }, { additionalProperties: false }), {
        maxItems: 40,
      }),
    ),
    sections: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Code,
            text: Type.String({
              maxLength: 20_000,
              pattern: String.raw`^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\n)*$`,
            }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 40 },
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type SchemeEdit = Static<typeof SchemeEdit>

export const Publication = Type.Object(
  {
    channel: Type.String({ pattern: '^[A-Z_]{2,40}$', description: '公示途径；代码见 scheme-channels' }),
    channelNote: Type.Optional(Name(300, '公示的网址或栏目', 2)),
  },
  { additionalProperties: false },
)

export const PublicScheme = Shape({
  id: Id,
  title: Type.String(),
  taskNumber: Type.String(),
  number: Type.Integer(),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  leadAuthorityName: Type.String(),
  publishedOn: Day,
  channel: Code,
  channelNote: OrNull(Type.String()),
})
export type PublicScheme = Static<typeof PublicScheme>
export const PublicSchemePage = PageOf(PublicScheme)
export const PublicSchemeText = Shape({
  ...PublicScheme.properties,
  sections: Type.Array(Shape({ code: Code, title: Type.String(), text: Type.String() })),
})

export const PublicSchemeQuery = Type.Object(
  { division: Type.Optional(DivisionCode), ...PageQuery },
  { additionalProperties: false },
)
