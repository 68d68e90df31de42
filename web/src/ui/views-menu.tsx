// Saved views: the filters of a list under a name, for oneself; others get the address.

import { BookOutlined, DownOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filtersOf, queryOf, useListSearch } from './list-search.ts'
import { Failure } from './notices.tsx'
import { inMain } from './popup.ts'
import { type SavedView, useViewShelf, type ViewShelf } from './view-shelf.ts'

/** Picks, saves and manages the views of the list at `page`. */
export function ViewsMenu({ page }: { readonly page: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { search, replace } = useListSearch()
  const shelf = useViewShelf()
  const [open, setOpen] = useState<'save' | 'manage' | undefined>()
  const here = queryOf(filtersOf(search))
  const views = shelf?.views.filter((view) => view.page === page) ?? []
  const current = views.find((view) => view.search === here)
  const close = () => setOpen(undefined)
  return (
    <>
      <Dropdown
        trigger={['click']}
        getPopupContainer={inMain}
        menu={{
          selectable: true,
          selectedKeys: current ? [current.id] : [],
          items: [
            ...views.map(({ id, name }) => ({ key: id, label: name })),
            ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
            { key: 'save', label: t('ui.views.save'), disabled: !shelf || here === '' || Boolean(current) },
            { key: 'manage', label: t('ui.views.manage'), disabled: views.length === 0 },
            { key: 'copy', label: t('ui.views.copy') },
          ],
          onClick: ({ key }) => {
            if (key === 'save' || key === 'manage') return setOpen(key)
            if (key === 'copy')
              return void copyAddress(page, here).then((isCopied) =>
                isCopied ? message.success(t('ui.views.copied')) : message.warning(t('ui.views.not_copied')),
              )
            const view = views.find(({ id }) => id === key)
            if (view) replace(Object.fromEntries(new URLSearchParams(view.search)))
          },
        }}
      >
        <Button icon={<BookOutlined aria-hidden />}>
          {current?.name ?? t('ui.views.views')}
          <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {shelf && open === 'save' ? <SaveView shelf={shelf} page={page} search={here} onClose={close} /> : null}
      {shelf && open === 'manage' ? <ManageViews shelf={shelf} views={views} onClose={close} /> : null}
    </>
  )
}

interface SaveViewProps {
  readonly shelf: ViewShelf
  readonly page: string
  readonly search: string
  readonly onClose: () => void
}

function SaveView({ shelf, page, search, onClose }: SaveViewProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [name, setName] = useState('')
  const act = useAct()
  const save = () =>
    act.run(async () => {
      await shelf.save({ page, search, name: name.trim() })
      void message.success(t('ui.views.saved'))
      onClose()
    })
  return (
    <Modal
      open
      title={t('ui.views.save')}
      onCancel={onClose}
      onOk={save}
      okText={t('ui.views.do_save')}
      okButtonProps={{ disabled: name.trim() === '', loading: act.isBusy }}
    >
      {act.error ? <Failure error={act.error} /> : null}
      <label className="view-name">
        {t('ui.views.name')}
        <Input
          value={name}
          maxLength={40}
          // The dialog asks for nothing else.
          ref={(input) => input?.focus()}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => name.trim() !== '' && save()}
        />
      </label>
    </Modal>
  )
}

interface ManageViewsProps {
  readonly shelf: ViewShelf
  readonly views: readonly SavedView[]
  readonly onClose: () => void
}

function ManageViews({ shelf, views, onClose }: ManageViewsProps) {
  const { t } = useTranslation()
  const act = useAct()
  return (
    <Modal open title={t('ui.views.manage')} onCancel={onClose} footer={null}>
      {act.error ? <Failure error={act.error} /> : null}
      <ul className="views">
        {views.map((view) => (
          <ViewRow key={`${view.id}${view.version}`} view={view} shelf={shelf} act={act} />
        ))}
      </ul>
      {views.length === 0 ? <p>{t('ui.views.none')}</p> : null}
    </Modal>
  )
}

interface ViewRowProps {
  readonly view: SavedView
  readonly shelf: ViewShelf
  readonly act: ReturnType<typeof useAct>
}

function ViewRow({ view, shelf, act }: ViewRowProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [name, setName] = useState(view.name)
  const isNew = name.trim() !== '' && name.trim() !== view.name
  const copy = () =>
    void copyAddress(view.page, view.search).then((isCopied) =>
      isCopied ? message.success(t('ui.views.copied')) : message.warning(t('ui.views.not_copied')),
    )
  return (
    <li>
      <Input
        aria-label={t('ui.views.name')}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
      />
      <Button disabled={!isNew || act.isBusy} onClick={() => act.run(() => shelf.rename(view, name.trim()))}>
        {t('ui.views.rename')}
      </Button>
      <Button onClick={copy}>{t('ui.views.copy_short')}</Button>
      <Button danger disabled={act.isBusy} onClick={() => act.run(() => shelf.remove(view))}>
        {t('ui.views.remove')}
      </Button>
    </li>
  )
}

function useAct() {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly error?: unknown }>({
    isBusy: false,
  })
  const run = (work: () => Promise<unknown>): void => {
    setState({ isBusy: true })
    work().then(
      () => setState({ isBusy: false }),
      (error: unknown) => setState({ isBusy: false, error }),
    )
  }
  return { ...state, run }
}

/** Puts the address of a list with its filters where it can be pasted; false where the browser does not let us. */
async function copyAddress(page: string, search: string): Promise<boolean> {
  const address = new URL(search === '' ? page : `${page}?${search}`, location.origin).href
  try {
    await navigator.clipboard.writeText(address)
    return true
  } catch {
    return false
  }
}
