import { Type } from 'typebox'

const closed = { additionalProperties: false } as const

export const LeafId = Type.Object(
  { leaf: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: '日志叶的编号' }) },
  closed,
)

export const ReceiptShape = Type.Object(
  {
    v: Type.Literal('sunlot-receipt-1'),
    leaf: Type.String({ description: '写入日志的原文；哈希按其 UTF-8 字节计算' }),
    index: Type.Integer({ minimum: 0, description: '在日志树中的位置，从 0 起' }),
    path: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { description: '从叶到根的哈希' }),
    checkpoint: Type.String({ description: '签名的检查点（C2SP tlog-checkpoint），含见证方的签名' }),
  },
  closed,
)

export const AskedVerification = Type.Object(
  { jobId: Type.String({ format: 'uuid', description: '后台任务的编号，见 /jobs/{id}' }) },
  closed,
)
