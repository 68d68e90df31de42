import { InboxOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Progress, Radio, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findDivisions } from '../../agencies/queries.ts'
import { answerOf, api, sendBytes } from '../../api.ts'
import { useMe } from '../../me.ts'
import { Failure } from '../../ui/notices.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { bytesText } from './figures.ts'
import { OpeningFields } from './opening.tsx'
import { type Mode, MODES, type Opening, type Register, REGISTERS } from './queries.ts'

interface Asked {
  readonly register: Register
  readonly mode: Mode
  readonly division: string | undefined
  readonly opening: Opening
}

/** What is brought, for which register, and what shall become of it; then the file, which is looked at and no more. */
export function ImportStart({ register }: { readonly register: Register }) {
  const { t } = useTranslation('imports')
  const [asked, setAsked] = useState<Asked>({ register, mode: 'merge', division: undefined, opening: {} })
  const change = (part: Partial<Asked>) => setAsked({ ...asked, ...part })
  return (
    <div className="import-start">
      <fieldset>
        <legend>{t('register')}</legend>
        <Radio.Group
          value={asked.register}
          onChange={({ target }) => change({ register: target.value as Register })}
          options={REGISTERS.map((value) => ({ value, label: t(`registers.${value}`) }))}
        />
        <p className="fine">{t('template_what')}</p>
        <p>
          <a href={`/api/v1/register-import-template?register=${asked.register}`} download>
            {t('template')}
          </a>
        </p>
      </fieldset>
      <ModeChoice mode={asked.mode} onChange={(mode) => change({ mode })} />
      <DivisionChoice division={asked.division} onChange={(division) => change({ division })} />
      <DropArea asked={asked} />
      <details className="opening">
        <summary>{t('opening.by_hand')}</summary>
        <OpeningFields opening={asked.opening} onChange={(opening) => change({ opening })} />
      </details>
    </div>
  )
}

function ModeChoice({ mode, onChange }: { readonly mode: Mode; readonly onChange: (mode: Mode) => void }) {
  const { t } = useTranslation('imports')
  return (
    <fieldset>
      <legend>{t('mode')}</legend>
      <Radio.Group
        className="mode-choice"
        value={mode}
        onChange={({ target }) => onChange(target.value as Mode)}
        options={MODES.map((value) => ({
          value,
          label: (
            <>
              {t(`modes.${value}`)}
              <span className="fine">{t(`modes_what.${value}`)}</span>
            </>
          ),
        }))}
      />
    </fieldset>
  )
}

interface DivisionChoiceProps {
  readonly division: string | undefined
  readonly onChange: (division: string | undefined) => void
}

/** Whoever acts for a county brings its list; above that a file may be of one county, or of all. */
function DivisionChoice({ division, onChange }: DivisionChoiceProps) {
  const { t } = useTranslation('imports')
  const acting = useMe().data?.acting
  if (!acting?.divisionCode.endsWith('00')) return null
  return (
    <fieldset>
      <legend>{t('division')}</legend>
      <RemotePicker
        label={t('division')}
        about={['divisions']}
        find={findDivisions}
        value={division ?? acting.divisionCode}
        shown={`${acting.divisionName}（${acting.divisionCode}）`}
        onChange={onChange}
      />
    </fieldset>
  )
}

function DropArea({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const [sent, setSent] = useState<{ readonly name: string; readonly bytes: number; readonly all: number }>()
  const bring = useWrite(
    async (file: File, headers) => {
      const { register, mode, division, opening } = asked
      const progress = (bytes: number) => setSent({ name: file.name, bytes, all: file.size })
      progress(0)
      const { hash } = await sendBytes(file, progress)
      return answerOf(
        api.POST('/api/v1/register-imports', {
          body: {
            file: hash,
            fileName: file.name,
            register,
            mode,
            opening,
            ...(division === undefined ? {} : { division }),
          },
          headers,
        }),
      )
    },
    {
      changes: [['registerImports']],
      onDone: ({ id }) => void navigate({ to: '/registers/imports/$id', params: { id } }),
    },
  )
  const isSent = sent !== undefined && sent.bytes >= sent.all
  return (
    <div>
      <Upload.Dragger
        accept=".xlsx,.xls,.csv,.txt,.tsv"
        multiple={false}
        showUploadList={false}
        disabled={bring.isPending}
        beforeUpload={(file) => {
          bring.mutate(file)
          return false
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t('drop')}</p>
        <p className="fine">{t('drop_what')}</p>
      </Upload.Dragger>
      {bring.isPending && sent ? (
        <div className="sending">
          <Progress
            percent={Math.floor((sent.bytes / Math.max(sent.all, 1)) * 100)}
            status="active"
            aria-label={t('sending')}
          />
          <p role="status">
            {isSent
              ? t('looking', { name: sent.name })
              : t('sent', { name: sent.name, sent: bytesText(sent.bytes), all: bytesText(sent.all) })}
          </p>
        </div>
      ) : null}
      {bring.error ? (
        <div className="sending">
          <Failure error={bring.error} />
          <p className="fine">{t('drop_again')}</p>
        </div>
      ) : null}
    </div>
  )
}
