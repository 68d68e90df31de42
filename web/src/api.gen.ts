// Stands in for the file generated from openapi.json.

type P<Path> = [Path] extends [never] ? { path?: never } : { path: Path }
type B<Body> = [Body] extends [never] ? { requestBody?: never } : { requestBody: { content: { 'application/json': Body } } }
type R<Reply> = { responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Reply } } } }
type Op<Query, Path, Body, Reply> = { parameters: { query?: Query; header?: { 'Idempotency-Key'?: string; 'If-Match'?: string } } & P<Path> } & B<Body> & R<Reply>
type Read<Reply, Path = never, Query = never> = { parameters: { query?: Query } & P<Path> } & R<Reply>
type Write<Body, Reply, Path = never> = Op<never, Path, Body, Reply>
type List<Item> = { items: Item[]; next?: string; about?: number }
type Can<Verb extends string> = { [verb in Verb]?: Refusal | null }
type Refusal = { code: string; params?: Record<string, string | number>; law?: { key: string; citation?: string } }
type ById = { id: string }

type Role =
  | 'systemAdministrator' | 'securityAdministrator' | 'auditAdministrator' | 'conferenceOffice' | 'clerk'
  | 'unitHead' | 'leaderInCharge' | 'inspector' | 'oversight' | 'reader'
type Named = { id: string; name: string }
type Acting = { authorityId: string; authorityName: string; divisionCode: string; divisionName: string }
type Me = { accountId: string; personId: string; name: string; username: string; acting: Acting; authorities: Acting[]; grants: { role: Role; authorityId: string; divisionCode: string }[]; stage: 'enrol' | 'full'; mustChangePassword: boolean; unread: number }

type Session = { id: string; device: string; address: string; method: 'password' | 'oidc'; createdAt: string; seenAt: string; current: boolean }
type Division = { code: string; name: string; parentCode: string | null; level: 'province' | 'prefecture' | 'county'; revokedOn: string | null; hasChildren: boolean }
type Authority = { id: string; divisionCode: string; divisionName: string; name: string; shortName: string; superiorId: string | null; superiorName: string | null; inspects: boolean; closedOn: string | null; version: number; can: Can<'edit' | 'close' | 'addUnit' | 'addPerson'> }

export interface paths {
  '/api/v1/session': { post: Write<{ username: string; password: string; code?: string }, { stage: 'signedIn' | 'enrol' }>; delete: Write<never, never> }
  '/api/v1/me': { get: Read<Me> }
  '/api/v1/me/acting': { post: Write<{ authorityId: string }, Me> }
  '/api/v1/me/reauthentication': { post: Write<{ password: string; code?: string }, object> }
  '/api/v1/me/sessions': { get: Read<List<Session>>; delete: Write<never, never> }
  '/api/v1/me/sessions/{id}': { delete: Write<never, never, ById> }
  '/api/v1/me/password': { post: Write<{ password: string; newPassword: string }, object> }
  '/api/v1/me/totp': { post: Write<object, { secret: string; uri: string }> }
  '/api/v1/me/totp/confirmation': { post: Write<{ code: string }, { recoveryCodes: string[] }> }
  '/api/v1/me/recovery-codes': { post: Write<object, { recoveryCodes: string[] }> }
  '/api/v1/divisions': { get: Read<List<Division>, never, { under?: string; q?: string }> }
  '/api/v1/authorities': { get: Read<List<Authority>, never, { division?: string; q?: string; cursor?: string }> }
  '/api/v1/todo': { get: Read<List<{ kind: string; params: Record<string, string | number>; link: string; dueOn?: string | null; workingDaysLeft?: number | null; provisional?: boolean; law?: { key: string; citation?: string } }>> }
  '/api/v1/started': { get: Read<List<{ kind: string; params: Record<string, string | number>; link: string; since: string; waitsFor?: string }>> }
  '/api/v1/notifications': { get: Read<List<{ id: string; code: string; params: Record<string, string | number>; link: string | null; at: string; readAt: string | null }> & { unread?: number }> }
  '/api/v1/notifications/{id}/reading': { post: Write<never, object, ById> }
  '/api/v1/search': { get: Read<List<{ type: string; id: string; title: string; detail?: string }>, never, { q: string }> }
  '/api/v1/system': { get: Read<{ version: string; engine: 'postgres' | 'pglite'; database: 'real' | 'simulated'; durability: string; now: string; oidc?: boolean }> }
}
export type Unused = Named
