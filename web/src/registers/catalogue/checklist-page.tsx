import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { todayInChina } from '../../ui/format.ts'
import { Failure, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWrite } from '../../use-write.ts'
import { type Draft, draftsFrom, EMPTY, isBlank, numbered, pasted, pointsOf } from './checklist-drafts.ts'
import { type Checklist, type Item, useChecklists, useItem } from './queries.ts'
import { useCodes } from './words.ts'

/** Writes a new version of an item's checklist, from the last one or from pasted lines. */
export function ChecklistPage() {
  const { id = '' } = useParams({ strict: false })
  const versions = useChecklists(id)
  return (
    <Loaded query={useItem(id)}>
      {(item) => <Loaded query={versions}>{({ items }) => <Editor item={item} latest={items[0]} />}</Loaded>}
    </Loaded>
  )
}

function Editor({ item, latest }: { readonly item: Item; readonly latest: Checklist | undefined }) {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  const navigate = useNavigate()
  const [lines, setLines] = useState<readonly Draft[]>(() => draftsFrom(latest?.checkpoints ?? []))
  const [effectiveFrom, setFrom] = useState(todayInChina())
  const [changeNote, setNote] = useState('')
  const leave = () =>
    void navigate({
      to: '/registers/items/$id',
      params: { id: item.id },
      search: { tab: 'checklists' } as never,
    })
  const save = useWrite(
    (body: Body<'/api/v1/items/{id}/checklists'>, headers) =>
      answerOf(
        api.POST('/api/v1/items/{id}/checklists', { params: { path: { id: item.id } }, body, headers }),
      ),
    { changes: [['items']], onDone: leave, says: 'saved' },
  )
  const send = () => {
    const note = changeNote.trim()
    save.mutate({ effectiveFrom, checkpoints: pointsOf(lines), ...(note === '' ? {} : { changeNote: note }) })
  }
  return (
    <article className="checklist-page">
      <PageHead
        title={t(latest ? 'checklists.new' : 'checklists.first')}
        above={
          <Link to="/registers/items/$id" params={{ id: item.id }}>
            {item.name}
          </Link>
        }
        lead={t('checklists.lead')}
      />
      <Form layout="vertical" className="checklist-form" onFinish={send}>
        <Paste onAdd={(added) => setLines(numbered([...lines.filter((line) => !isBlank(line)), ...added]))} />
        <Lines lines={lines} onChange={(next) => setLines(numbered(next))} />
        <Button onClick={() => setLines(numbered([...lines, EMPTY]))}>{t('checklists.add')}</Button>
        <Form.Item label={t('checklists.effective_from')} htmlFor="effectiveFrom">
          <DayInput
            id="effectiveFrom"
            value={effectiveFrom}
            isClearable={false}
            onChange={(day) => setFrom(day ?? todayInChina())}
          />
        </Form.Item>
        {latest ? (
          <Form.Item
            label={ui('ui.form.optional', { label: t('checklists.change_note') })}
            htmlFor="changeNote"
          >
            <Input
              id="changeNote"
              value={changeNote}
              maxLength={500}
              onChange={(event) => setNote(event.target.value)}
            />
          </Form.Item>
        ) : null}
        {save.error ? <Failure error={save.error} /> : null}
        <div className="form-acts">
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending}
            disabled={pointsOf(lines).length === 0}
          >
            {t('save')}
          </Button>
          <Button onClick={leave}>{ui('ui.cancel')}</Button>
        </div>
      </Form>
    </article>
  )
}

function Lines({
  lines,
  onChange,
}: {
  readonly lines: readonly Draft[]
  readonly onChange: (lines: readonly Draft[]) => void
}) {
  const set = (at: number, part: Partial<Draft>) =>
    onChange(lines.map((line, place) => (place === at ? { ...line, ...part } : line)))
  const move = (at: number, by: 1 | -1) => {
    const next = [...lines]
    const [line] = next.splice(at, 1)
    if (line) next.splice(at + by, 0, line)
    onChange(next)
  }
  return (
    <ol className="checklist-lines">
      {lines.map((line, at) => (
        <Line
          key={line.key}
          line={line}
          onSet={(part) => set(at, part)}
          onRemove={() => onChange(lines.filter((_, place) => place !== at))}
          {...(at > 0 ? { onUp: () => move(at, -1) } : {})}
          {...(at < lines.length - 1 ? { onDown: () => move(at, 1) } : {})}
        />
      ))}
    </ol>
  )
}

interface LineProps {
  readonly line: Draft
  readonly onSet: (part: Partial<Draft>) => void
  readonly onRemove: () => void
  readonly onUp?: () => void
  readonly onDown?: () => void
}

function Line({ line, onSet, onRemove, onUp, onDown }: LineProps) {
  const { t } = useTranslation('catalogue')
  const methods = useCodes('inspection-methods')
  const { no } = line
  const field = (name: 'text' | 'basis' | 'guidance', maxLength: number) => (
    <Input.TextArea
      rows={1}
      className={name}
      placeholder={t(`checklists.${name}`)}
      aria-label={t('checklists.row', { no, field: t(`checklists.${name}`) })}
      value={line[name]}
      maxLength={maxLength}
      onChange={(event) => onSet({ [name]: event.target.value })}
    />
  )
  return (
    <li>
      <span className="no">{no}</span>
      {field('text', 1000)}
      <Select<string>
        allowClear
        className="method"
        placeholder={t('checklists.method')}
        aria-label={t('checklists.row', { no, field: t('checklists.method') })}
        value={line.method === '' ? null : line.method}
        options={[...methods.choices]}
        onChange={(method) => onSet({ method: method ?? '' })}
      />
      {field('basis', 500)}
      {field('guidance', 1000)}
      <span className="line-acts">
        <Button
          type="text"
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={t('checklists.up', { no })}
          disabled={!onUp}
          onClick={onUp}
        />
        <Button
          type="text"
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={t('checklists.down', { no })}
          disabled={!onDown}
          onClick={onDown}
        />
        <Button
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('checklists.remove', { no })}
          onClick={onRemove}
        />
      </span>
    </li>
  )
}

/** Lines of a table as they were copied from it. */
function Paste({ onAdd }: { readonly onAdd: (lines: readonly Draft[]) => void }) {
  const { t } = useTranslation('catalogue')
  const [text, setText] = useState('')
  const lines = pasted(text)
  return (
    <details className="paste">
      <summary>{t('checklists.paste')}</summary>
      <p className="fine help" id="paste-what">
        {t('checklists.paste_help')}
      </p>
      <Input.TextArea
        rows={5}
        value={text}
        aria-label={t('checklists.paste')}
        aria-describedby="paste-what"
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        disabled={lines.length === 0}
        onClick={() => {
          onAdd(lines)
          setText('')
        }}
      >
        {t('checklists.paste_do')}
        {lines.length > 0 ? `（${lines.length}）` : ''}
      </Button>
    </details>
  )
}
