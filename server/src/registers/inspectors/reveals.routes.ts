import { read, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demandRevealsLeft } from '../../platform/reveals.ts'
import { demand } from '../../platform/refusal.ts'
import { placeOfInspector, seenInspector } from './inspectors.representation.ts'
import { whyNotChangeInspector, whyNotReveal } from './inspectors.rules.ts'
import { Reveal, Revealed } from './inspectors.schema.ts'
import type { InspectorParts } from './parts.ts'
import { openIdCard, openMobile } from './secrets.ts'

/** One protected value at a time, for a purpose, so many a day (I17). */
export function revealRoutes({ secrets }: InspectorParts): readonly Route[] {
  return [
    read({
      method: 'POST',
      path: '/inspectors/{id}/reveals',
      action: 'inspector.reveal',
      about: 'inspector',
      summary: '显示一名执法检查人员的身份证号或手机号；须说明用途，留下记录，每人每日有限额',
      schema: { params: ById, body: Reveal },
      replies: { 200: Revealed },
      recorded: true,
      async handler(context) {
        const { reader, access, actor, now, params, body } = context
        const row = await seenInspector(reader, context, params.id)
        demand(access.whyNot('inspector.reveal', placeOfInspector(row)), 403)
        const value = body.field === 'idCard' ? openIdCard(secrets, row) : openMobile(secrets, row)
        demand(whyNotChangeInspector(row) ?? whyNotReveal(value, { given: body.purpose }), 403)
        await demandRevealsLeft(reader, actor, now)
        return { value }
      },
    }),
  ]
}
