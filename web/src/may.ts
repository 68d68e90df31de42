import { useMe } from './me.ts'

/** Pages that exist for some roles alone; the others may not know what is on them. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  '/accounts': ['systemAdministrator', 'securityAdministrator'],
}

/** Whether a page is for the person at the screen. The server decides again when it is opened. */
export function useMay(): (to: string) => boolean {
  const roles = useMe().data?.grants.map(({ role }) => role) ?? []
  return (to) => {
    const only = ONLY_FOR[to]
    return only === undefined || roles.some((role) => only.includes(role))
  }
}
