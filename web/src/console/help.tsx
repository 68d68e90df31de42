import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

const KEYS = [
  ['Ctrl K', 'search'],
  ['/', 'search'],
  ['?', 'help'],
  ['Tab', 'next'],
  ['Enter', 'open'],
  ['↑ ↓', 'rows'],
  ['→', 'peek'],
  ['Space', 'select'],
  ['Esc', 'close'],
] as const

/** What the keyboard does. */
export function Help({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('shell.help')}>
      <dl className="keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`shell.keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
