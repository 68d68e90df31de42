// 代号证明: an inspector shows that an alias in a public file is he, and that a draw that he was in did not leave him out.

import { aliasOf } from '@sunlot/draw'
import { type Static, Type } from 'typebox'
import { personOf, read, type Route } from '../../platform/http/route.ts'
import { Shape } from '../../platform/http/shapes.ts'
import { found } from '../../platform/refusal.ts'
import { findDrawByName } from '../draws/draws.store.ts'
import { commitmentOf } from '../draws/manifests.store.ts'
import { SALT } from '../freeze/freezing.ts'
import type { DrawsParts } from '../parts.ts'
import { aliasesOf, standingOf } from './aliases.store.ts'

const Alias = Type.String({ pattern: '^[0-9a-f]{48}$', description: '公开文件里的代号' })
const Salt = Type.String({ pattern: '^[0-9a-f]{32}$', description: '只有本人持有的盐' })
const StaffNumber = Type.String({ minLength: 1, maxLength: 100, description: '工号' })
const DrawName = Type.String({ pattern: '^[0-9A-Za-z._:-]{1,55}$', description: '抽取编号' })

const MyAliases = Shape({
  items: Type.Array(
    Shape({ draw: DrawName, taskName: Type.String(), alias: Alias, salt: Salt, staffNumber: StaffNumber }),
  ),
})
const AliasClaim = Type.Object(
  { draw: DrawName, alias: Alias, salt: Salt, staffNumber: StaffNumber },
  { additionalProperties: false },
)
const AliasAnswer = Shape({
  alias: Alias,
  matches: Type.Boolean({ description: '代号由工号、盐和抽取编号算得出来' }),
  isInPool: Type.Boolean({ description: '代号在承诺的人员名录里' }),
  isDrawn: Type.Union([Type.Boolean(), Type.Null()], {
    description: '代号是否抽中；出证以前和名单密封期间为空',
  }),
})

/** What an inspector is given to prove himself by, and how anybody checks it. */
export function aliasRoutes({ secrets }: Pick<DrawsParts, 'secrets'>): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/me/aliases',
      action: 'alias.mine',
      summary: '我在历次抽取中的代号和证明所需的盐',
      schema: {},
      replies: { 200: MyAliases },
      recorded: true,
      async handler(context) {
        const rows = await aliasesOf(context.reader, personOf(context).personId)
        const items: Static<typeof MyAliases>['items'] = []
        for (const { draw, alg, taskName, alias, saltCipher, inspectorId, staffNumber } of rows) {
          const salt = secrets.decrypt(saltCipher, SALT)
          // Whoever had no staff number then stands under the id of the register.
          const numbers = staffNumber === null ? [inspectorId] : [staffNumber, inspectorId]
          const number = numbers.find((each) => aliasOf(alg, salt, each, draw) === alias) ?? numbers[0]!
          items.push({ draw, taskName, alias, salt, staffNumber: number })
        }
        return { items }
      },
    }),
    read({
      method: 'POST',
      path: '/public/alias-checks',
      action: 'alias.check',
      summary: '核对某个代号是不是出示盐和工号的那个人',
      schema: { body: AliasClaim },
      replies: { 200: AliasAnswer },
      async handler({ reader, body }) {
        const draw = found(await findDrawByName(reader, body.draw), 'draw')
        const { alg } = found(await commitmentOf(reader, draw.id), 'draw').value
        const matches = aliasOf(alg, body.salt, body.staffNumber, draw.name) === body.alias
        const { isInPool, isDrawn } = await standingOf(reader, draw.id, body.alias)
        // Rows may stand before the certificate does.
        const isOpen = draw.state === 'certified' && (!draw.isSealed || draw.openedAt !== null)
        return { alias: body.alias, matches, isInPool, isDrawn: isOpen ? isDrawn : null }
      },
    }),
  ]
}
