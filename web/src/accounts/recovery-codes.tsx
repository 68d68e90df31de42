import { CopyOutlined, PrinterOutlined } from '@ant-design/icons'
import { App, Button, Checkbox } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly children: (isKept: boolean) => ReactNode
}

/** The codes, shown this once; what follows opens when the person says that they are kept. */
export function RecoveryCodes({ codes, children }: RecoveryCodesProps) {
  const { t } = useTranslation('accounts')
  const { message } = App.useApp()
  const [isKept, setKept] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    void message.success(t('recovery.copied'))
  }
  return (
    <section className="recovery">
      <p>{t('recovery.what')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="acts">
        {/* Absent on plain http addresses other than localhost; there one prints or writes them down. */}
        {'clipboard' in navigator ? (
          <Button icon={<CopyOutlined />} onClick={() => void copy()}>
            {t('recovery.copy')}
          </Button>
        ) : null}
        <Button icon={<PrinterOutlined />} onClick={() => print()}>
          {t('recovery.print')}
        </Button>
      </div>
      <Checkbox checked={isKept} onChange={(event) => setKept(event.target.checked)}>
        {t('recovery.kept')}
      </Checkbox>
      {children(isKept)}
    </section>
  )
}
