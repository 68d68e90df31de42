import { Form, Input, Radio, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Body } from '../../api.ts'
import { MomentInput } from './moment-input.tsx'
import { instantOf, minutesFromNow } from './moments.ts'

type Source = Body<'/api/v1/draws/{id}/commitment'>['sources'][number]

const PRESETS = ['both', 'dice', 'drand', 'lottery'] as const
const GAMES = ['ssq', 'dlt'] as const

/** Which values nobody can know decide: one of four ways. */
export interface Chosen {
  readonly preset: (typeof PRESETS)[number]
  readonly game: (typeof GAMES)[number]
  readonly issue: string
  /** When the issue is drawn. */
  readonly drawnAt: string
}

/** What stands there first: with the beacon where this machine can get it. */
export function firstChoice(hasBeacon: boolean): Chosen {
  return { preset: hasBeacon ? 'both' : 'dice', game: 'ssq', issue: '', drawnAt: minutesFromNow(24 * 60) }
}

// Beside a beacon 25 are for whoever does not trust it; alone, or with an issue, it takes 39 to pass 2 to the 128.
const FEW_DICE = { kind: 'dice', faces: 10, count: 25 } as const satisfies Source
const DICE = { kind: 'dice', faces: 10, count: 39 } as const satisfies Source

/** The sources of a choice, as the server takes them. */
export function sourcesOf({ preset, game, issue, drawnAt }: Chosen): Source[] {
  const lottery: Source = { kind: 'lottery', game, issue, notBefore: instantOf(drawnAt) }
  const sources: Readonly<Record<Chosen['preset'], Source[]>> = {
    dice: [DICE],
    drand: [{ kind: 'drand' }],
    both: [{ kind: 'drand' }, FEW_DICE],
    lottery: [lottery, DICE],
  }
  return sources[preset]
}

interface SourceFieldsProps {
  readonly value: Chosen
  readonly onChange: (value: Chosen) => void
}

/** The choice of sources. */
export function SourceFields({ value, onChange }: SourceFieldsProps) {
  const { t } = useTranslation('draws')
  return (
    <>
      <Form.Item label={t('freeze.commit.sources_label')}>
        <Radio.Group
          value={value.preset}
          onChange={(event) => onChange({ ...value, preset: event.target.value as Chosen['preset'] })}
        >
          <Space direction="vertical">
            {PRESETS.map((preset) => (
              <Radio key={preset} value={preset}>
                {t(`freeze.commit.preset.${preset}`)}
                {preset === value.preset ? (
                  <span className="fine source-hint">{t(`freeze.commit.preset_hint.${preset}`)}</span>
                ) : null}
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      </Form.Item>
      {value.preset === 'lottery' ? <LotteryFields value={value} onChange={onChange} /> : null}
    </>
  )
}

function LotteryFields({ value, onChange }: SourceFieldsProps) {
  const { t } = useTranslation('draws')
  return (
    <>
      <Form.Item label={t('freeze.commit.game')} htmlFor="game">
        <Select
          id="game"
          value={value.game}
          options={GAMES.map((game) => ({ value: game, label: t(`freeze.commit.games.${game}`) }))}
          onChange={(game) => onChange({ ...value, game })}
        />
      </Form.Item>
      <Form.Item label={t('freeze.commit.issue')} htmlFor="issue">
        <Input
          id="issue"
          value={value.issue}
          inputMode="numeric"
          onChange={(event) => onChange({ ...value, issue: event.target.value.trim() })}
        />
      </Form.Item>
      <MomentInput
        id="drawnAt"
        label={t('freeze.commit.drawn_at')}
        value={value.drawnAt}
        onChange={(drawnAt) => onChange({ ...value, drawnAt })}
      />
    </>
  )
}
