import { Button, type ButtonProps, Popover } from 'antd'
import { useId } from 'react'
import { Reason, type Refused } from './problem.tsx'

interface ActProps extends Omit<ButtonProps, 'disabled' | 'href'> {
  /** The server's reason against it: null or absent allows. */
  readonly refused?: Refused | null | undefined
}

/**
 * A button that the server allows or refuses. Refused, it stays in its place and can be reached by keyboard, does
 * nothing, and says why with the citation.
 */
export function ActButton({ refused, onClick, children, ...rest }: ActProps) {
  const reasonId = useId()
  if (!refused)
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    )
  return (
    <>
      <Popover
        content={
          <div className="reason">
            <Reason refused={refused} />
          </div>
        }
        trigger={['hover', 'focus', 'click']}
      >
        <Button
          {...rest}
          htmlType="button"
          className={`refused ${rest.className ?? ''}`}
          aria-disabled
          aria-describedby={reasonId}
        >
          {children}
        </Button>
      </Popover>
      <span id={reasonId} className="visually-hidden">
        <Reason refused={refused} />
      </span>
    </>
  )
}
