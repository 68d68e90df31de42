import { DownOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSentence } from '../ui/problem.tsx'
import { ProblemError } from '../ui/problem.tsx'
import { useActing, useMe } from '../me.ts'

/** For which authority the person acts; where there are several, the way to another. */
export function AuthoritySwitcher() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const me = useMe().data
  const acting = useActing()
  const sentence = useSentence()
  if (!me?.acting) return null
  const { authorityName, divisionName } = me.acting
  const label = (
    <span className="acting">
      <span className="acting-name">{authorityName}</span>
      <span className="acting-division">{divisionName}</span>
    </span>
  )
  if (me.authorities.length < 2) return <div className="authority">{label}</div>
  const change = (authorityId: string) =>
    acting.mutate(authorityId, {
      onSuccess: () => void message.success(t('shell.acting_changed')),
      onError: (error) => void message.error(error instanceof ProblemError ? sentence(error) : error.message),
    })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [me.acting.authorityId],
        items: me.authorities.map((each) => ({
          key: each.authorityId,
          label: `${each.authorityName}（${each.divisionName}）`,
        })),
        onClick: ({ key }) => change(key),
      }}
    >
      <Button
        type="text"
        className="authority"
        loading={acting.isPending}
        aria-label={t('shell.acting_for', { authority: authorityName })}
      >
        {label}
        <DownOutlined />
      </Button>
    </Dropdown>
  )
}
