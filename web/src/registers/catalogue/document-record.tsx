import { Link, useParams } from '@tanstack/react-router'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { DocumentForm } from './document-form.tsx'
import { DocumentState, Submitted } from './document-list.tsx'
import { type OperatingDocument, useDocument } from './queries.ts'

/** One version of operating rules or of a work instruction, and where it is on its way. */
export function DocumentRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useDocument(id)}>{(document) => <Record document={document} />}</Loaded>
}

type Verb = 'submission' | 'receipt' | 'returning'

function Record({ document }: { readonly document: OperatingDocument }) {
  const { t } = useTranslation('catalogue')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [verb, setVerb] = useState<Verb | 'renewal' | undefined>()
  const { state, can } = document
  const leave = () => setVerb(undefined)
  return (
    <>
      <RecordPage
        title={document.title}
        above={<Link to="/registers/documents">{t('documents.title')}</Link>}
        state={<DocumentState state={state} />}
        acts={
          <>
            {state === 'kept' || state === 'returned' ? (
              <ActButton type="primary" refused={can.submit} onClick={() => setVerb('submission')}>
                {t('documents.verbs.submission')}
              </ActButton>
            ) : null}
            {state === 'submitted' ? (
              <>
                <ActButton type="primary" refused={can.receive} onClick={() => setVerb('receipt')}>
                  {t('documents.verbs.receipt')}
                </ActButton>
                <ActButton refused={can.return} onClick={() => setVerb('returning')}>
                  {t('documents.verbs.returning')}
                </ActButton>
              </>
            ) : null}
            <Button href={`/api/v1/operating-documents/${document.id}/file`} download>
              {t('documents.download')}
            </Button>
            <ActButton refused={can.renew} onClick={() => setVerb('renewal')}>
              {t('documents.renew')}
            </ActButton>
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <About document={document} /> },
          ...traces('operatingDocument', document.id),
        ]}
      />
      <SideForm title={t('documents.renew')} isOpen={verb === 'renewal'} onClose={leave}>
        <DocumentForm document={document} onDone={leave} />
      </SideForm>
      <SideForm
        title={verb && verb !== 'renewal' ? t(`documents.verbs.${verb}`) : ''}
        isOpen={verb !== undefined && verb !== 'renewal'}
        onClose={leave}
      >
        {verb && verb !== 'renewal' ? <Act document={document} verb={verb} onClose={leave} /> : null}
      </SideForm>
    </>
  )
}

function About({ document }: { readonly document: OperatingDocument }) {
  const { t } = useTranslation('catalogue')
  const { day, instant } = useFormat()
  const by = (who: OperatingDocument['uploadedBy'], at: string | null) =>
    who && at ? t('items.by_at', { who: who.name, at: instant(at) }) : null
  const { number, isLatest, fileBytes } = document
  return (
    <Facts
      facts={[
        { term: t('documents.authority'), value: document.authorityName },
        { term: t('documents.kind'), value: t(`documents.kinds.${document.kind}`) },
        {
          term: t('documents.version'),
          value: `${t('documents.number', { number })}${isLatest ? ` · ${t('documents.latest')}` : ''}`,
        },
        { term: t('documents.effective_from'), value: day(document.effectiveFrom) },
        {
          term: t('documents.file'),
          value: `${document.fileName}（${t('documents.size', { size: Math.max(1, Math.round(fileBytes / 1024)) })}）`,
        },
        { term: t('documents.hash'), value: <code className="hash">{document.fileHash}</code> },
        { term: t('documents.uploaded'), value: by(document.uploadedBy, document.uploadedAt) },
        {
          term: t('documents.submitted'),
          value: document.submittedOn ? <Submitted document={document} /> : null,
        },
        { term: t('documents.due'), value: document.dueOn ? day(document.dueOn) : null },
        { term: t('documents.decided'), value: by(document.decidedBy, document.decidedAt) },
        { term: t('documents.return_reason'), value: document.returnReason },
      ].filter(({ value }) => value !== null)}
    />
  )
}

function Act({
  document,
  verb,
  onClose,
}: {
  readonly document: OperatingDocument
  readonly verb: Verb
  readonly onClose: () => void
}) {
  const { t } = useTranslation('catalogue')
  const { message } = App.useApp()
  const act = useWrite(
    ({ reason = '' }: { readonly reason?: string }, headers): Promise<OperatingDocument> => {
      const params = { path: { id: document.id } }
      if (verb === 'returning')
        return answerOf(
          api.POST('/api/v1/operating-documents/{id}/returning', { params, body: { reason }, headers }),
        )
      return verb === 'receipt'
        ? answerOf(api.POST('/api/v1/operating-documents/{id}/receipt', { params, headers }))
        : answerOf(api.POST('/api/v1/operating-documents/{id}/submission', { params, headers }))
    },
    {
      changes: [['operating-documents'], ['todo']],
      onDone: () => {
        void message.success(t('done'))
        onClose()
      },
    },
  )
  return (
    <EntryForm<{ readonly reason?: string }>
      verb={t(`documents.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onClose}
    >
      <p className="form-lead">{t(`documents.effects.${verb}`)}</p>
      {verb === 'returning' ? (
        <Field name="reason" label={t('documents.return_reason')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}
