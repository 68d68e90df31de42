import { Drawer } from 'antd'
import type { ReactNode } from 'react'

interface SideFormProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A form beside the page it belongs to. */
export function SideForm({ title, isOpen, onClose, children }: SideFormProps) {
  return (
    <Drawer
      title={title}
      open={isOpen}
      onClose={onClose}
      size={520}
      destroyOnHidden
      mask={{ closable: false }}
    >
      {children}
    </Drawer>
  )
}
