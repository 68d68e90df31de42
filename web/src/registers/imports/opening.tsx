// How a file is opened: what was found out, and how to say it otherwise.

import { useNavigate } from '@tanstack/react-router'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { Failure } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { ENCODINGS, type Opening, type RegisterImport } from './queries.ts'

interface OpeningFieldsProps {
  readonly opening: Opening
  readonly onChange: (opening: Opening) => void
  /** What a look at the file has shown; all is asked for where there was none. */
  readonly sheet?: RegisterImport['sheet'] | undefined
}

/** The row of the titles, the sheet of a workbook, the encoding of a text. */
export function OpeningFields({ opening, onChange, sheet }: OpeningFieldsProps) {
  const { t } = useTranslation('imports')
  const isText = sheet === undefined || sheet.kind === 'csv'
  const isWorkbook = sheet === undefined || sheet.kind !== 'csv'
  const change = (part: { readonly [field in keyof Opening]?: Opening[field] | undefined }) =>
    onChange(given({ ...opening, ...part }))
  return (
    <div className="filters">
      <label>
        {t('opening.header_row')}
        <InputNumber
          min={0}
          max={100}
          precision={0}
          value={opening.headerRow ?? null}
          placeholder={t('opening.found_out')}
          onChange={(row) => change({ headerRow: row ?? undefined })}
        />
      </label>
      {isText ? (
        <label>
          {t('opening.encoding')}
          <Select<string>
            className="choice"
            aria-label={t('opening.encoding')}
            allowClear
            placeholder={t('opening.found_out')}
            value={opening.encoding ?? null}
            options={ENCODINGS.map((value) => ({ value, label: t(`encodings.${value}`) }))}
            onChange={(value) => change({ encoding: ENCODINGS.find((one) => one === value) })}
          />
        </label>
      ) : null}
      {isWorkbook ? (
        <label>
          {t('opening.sheet')}
          {sheet?.sheets ? (
            <Select<string>
              className="choice"
              aria-label={t('opening.sheet')}
              value={opening.sheet ?? null}
              options={sheet.sheets.map((value) => ({ value, label: value }))}
              onChange={(value) => change({ sheet: value })}
            />
          ) : (
            <Input
              value={opening.sheet ?? ''}
              placeholder={t('opening.first_sheet')}
              onChange={({ target }) => change({ sheet: target.value === '' ? undefined : target.value })}
            />
          )}
        </label>
      ) : null}
    </div>
  )
}

/** How this file was opened, and another look at it. The earlier look is given up, once the new one stands. */
export function OpeningChoice({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const found = openingOf(one.sheet)
  const [opening, setOpening] = useState<Opening>(found)
  const again = useWrite(
    async (next: Opening, headers) => {
      const { register, mode, fileHash, fileName, division } = one
      const made = await answerOf(
        api.POST('/api/v1/register-imports', {
          body: { file: fileHash, fileName, register, mode, division: division.code, opening: next },
          headers,
        }),
      )
      if (!one.can.discard)
        await answerOf(
          api.POST('/api/v1/register-imports/{id}/discarding', { params: { path: { id: one.id } } }),
        )
      return made
    },
    {
      changes: [['registerImports']],
      onDone: ({ id }) => void navigate({ to: '/registers/imports/$id', params: { id }, replace: true }),
    },
  )
  const isSame = JSON.stringify(given(opening)) === JSON.stringify(given(found))
  return (
    <section className="panel opening">
      <h2>{t('opening.title')}</h2>
      <p className="fine">{t('opening.what')}</p>
      <div className="opening-line">
        <OpeningFields opening={opening} onChange={setOpening} sheet={one.sheet} />
        <Button disabled={isSame} loading={again.isPending} onClick={() => again.mutate(opening)}>
          {t('opening.again')}
        </Button>
      </div>
      {again.error ? <Failure error={again.error} /> : null}
    </section>
  )
}

/** How a file was read, as one would ask for it. */
export function openingOf({ headerRow, encoding, sheet, kind }: RegisterImport['sheet']): Opening {
  return given({
    headerRow,
    encoding: ENCODINGS.find((one) => one === encoding),
    sheet: kind === 'csv' ? undefined : sheet,
  })
}

/** Without what was left open; in one order. */
function given({
  headerRow,
  sheet,
  encoding,
}: { readonly [field in keyof Opening]?: Opening[field] | undefined }): Opening {
  return {
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}
