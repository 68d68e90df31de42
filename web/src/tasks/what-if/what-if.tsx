import { FullscreenExitOutlined, FullscreenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { Failure, Loading } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { type Simulation, type SimulationBody, type Task, useSimulation } from '../queries.ts'
import { share, useDesignText } from '../words.ts'
import { ByDivision, ByIndustry, Infeasible, Loads } from './charts.tsx'
import { Sweep } from './sweep.tsx'
import { TryForm } from './try-form.tsx'

/** 推演: four answers, each with its numbers; another ratio or other people can be tried, and nothing is changed by it. */
export function WhatIf({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const [tried, setTried] = useState<SimulationBody>({})
  const simulation = useSimulation(task.id, tried)
  const { ref, isFull, toggle } = useFullScreen()
  return (
    <div ref={ref} className={`what-if ${isFull ? 'full' : ''}`}>
      <div className="what-if-head">
        {isFull ? <h1>{task.name}</h1> : <TryForm task={task} tried={tried} onTry={setTried} />}
        <Button
          icon={isFull ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />}
          onClick={toggle}
        >
          {t(isFull ? 'whatIf.leave' : 'whatIf.fullscreen')}
        </Button>
      </div>
      {simulation.isError ? (
        <Failure error={simulation.error} onRetry={() => void simulation.refetch()} />
      ) : null}
      {simulation.data ? (
        <Answers simulation={simulation.data} task={task} tried={tried} />
      ) : simulation.isError ? null : (
        <Loading />
      )}
    </div>
  )
}

function Answers({
  simulation,
  task,
  tried,
}: {
  readonly simulation: Simulation
  readonly task: Task
  readonly tried: SimulationBody
}) {
  const { t } = useTranslation('tasks')
  const { number } = useFormat()
  const design = useDesignText()
  const { coverage, scopeCount, total, saved, refusals, seed } = simulation
  return (
    <>
      <div className="charts">
        <figure className="bars">
          <figcaption>
            <span className="fine">{t('whatIf.coverage_q')}</span>
            <h2>{t('whatIf.coverage', { share: share(coverage.ofScope) })}</h2>
          </figcaption>
          <p>{design(tried.design ?? task.design)}</p>
          <p>
            {t('whatIf.coverage_said', {
              scope: number(scopeCount),
              total: number(total),
              supervised: number(coverage.supervised),
              of: share(coverage.ofSupervised),
            })}
          </p>
          {saved > 0 ? <p>{t('whatIf.saved', { count: saved })}</p> : null}
        </figure>
        <Infeasible simulation={simulation} />
        <Loads simulation={simulation} />
        <ByIndustry simulation={simulation} />
        {simulation.burden.byDivision.length > 1 ? <ByDivision simulation={simulation} /> : null}
        <Sweep simulation={simulation} />
      </div>
      {refusals.length > 0 ? (
        <section>
          <h2 className="section-head">{t('whatIf.against')}</h2>
          <ul>
            {refusals.map((refusal) =>
              refusal ? (
                <li key={refusal.code}>
                  <Reason refused={refusal} />
                </li>
              ) : null,
            )}
          </ul>
        </section>
      ) : null}
      <p className="fine">{t('whatIf.seed', { seed: String(seed) })}</p>
    </>
  )
}

/** The whole screen, for a meeting; Escape leaves it. */
function useFullScreen() {
  const ref = useRef<HTMLDivElement>(null)
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement === ref.current && ref.current !== null)
    document.addEventListener('fullscreenchange', follow)
    return () => document.removeEventListener('fullscreenchange', follow)
  }, [])
  const toggle = () => void (isFull ? document.exitFullscreen() : ref.current?.requestFullscreen())
  return { ref, isFull, toggle }
}
