// The guards themselves: roles, rights, triggers, functions and constraints are those of the committed manifest.

import { readFileSync } from 'node:fs'
import { projectPath } from '../../root.ts'
import type { SqlRunner } from '../sql.ts'
import type { Findings } from './report.ts'

const SCHEMAS = `n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'public') and n.nspname not like 'pg\\_%'`
// Not regprocedure: which names it quotes differs between versions.
const FUNCTION = `n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'`
const GRANTEE = `case when acl.grantee = 0 then 'public' else pg_get_userbyid(acl.grantee) end`

/** Each query gives lines. An owner's own rights are not listed: it has them all. */
const LINES: readonly string[] = [
  `select 'role ' || rolname || ' super=' || rolsuper || ' login=' || rolcanlogin || ' createrole=' || rolcreaterole ||
          ' createdb=' || rolcreatedb || ' bypassrls=' || rolbypassrls as line
     from pg_roles where rolname like 'sunlot\\_%' and not rolcanlogin`,
  `select 'schema ' || n.nspname || ': ' || acl.privilege_type || ' to ' || ${GRANTEE} as line
     from pg_namespace n, aclexplode(n.nspacl) acl where ${SCHEMAS} and acl.grantee <> n.nspowner`,
  `select 'table ' || n.nspname || '.' || c.relname || ': ' || acl.privilege_type || ' to ' || ${GRANTEE} as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) acl
    where ${SCHEMAS} and acl.grantee <> c.relowner`,
  `select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname || ': ' || acl.privilege_type || ' to ' ||
          ${GRANTEE} as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace,
          aclexplode(a.attacl) acl where ${SCHEMAS}`,
  `select 'function ' || ${FUNCTION} || ': ' || l.lanname || ' definer=' || p.prosecdef || ' config=' ||
          coalesce(array_to_string(p.proconfig, ';'), '') || ' body=' ||
          left(encode(sha256(convert_to(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), 'UTF8')), 'hex'), 32) as line
     from pg_proc p join pg_language l on l.oid = p.prolang join pg_namespace n on n.oid = p.pronamespace where ${SCHEMAS}`,
  `select 'function ' || ${FUNCTION} || ': ' || acl.privilege_type || ' to ' || ${GRANTEE} as line
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(p.proacl) acl
    where ${SCHEMAS} and acl.grantee <> p.proowner`,
  `select 'trigger ' || n.nspname || '.' || c.relname || ' ' || t.tgname || ' enabled=' || t.tgenabled::text || ' type=' ||
          t.tgtype || ' calls ' || f.proname || '(' || replace(encode(t.tgargs, 'escape'), '\\000', ';') || ')' as line
     from pg_trigger t join pg_proc f on f.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where ${SCHEMAS} and not t.tgisinternal`,
  `select 'constraint ' || n.nspname || '.' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as line
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${SCHEMAS} and k.contype in ('p', 'u', 'f', 'c', 'x')`,
  `select 'unique index ' || pg_get_indexdef(i.indexrelid) as line
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where ${SCHEMAS} and i.indisunique and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
  `select 'owner of ' || n.nspname || ' ' || pg_get_userbyid(n.nspowner) as line from pg_namespace n where ${SCHEMAS}`,
  `select 'owner of ' || n.nspname || '.' || c.relname || ' ' || pg_get_userbyid(c.relowner) as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${SCHEMAS} and c.relkind in ('r', 'p', 'v', 'm')`,
  `select 'event trigger ' || evtname || ' on ' || evtevent || ' enabled=' || evtenabled::text || ' calls ' || f.proname as line
     from pg_event_trigger join pg_proc f on f.oid = evtfoid`,
  `select 'exempt ' || table_name as line from audit.exempt`,
]

const LOGINS = `
  select m.rolname as name, m.rolsuper or m.rolbypassrls or m.rolcreaterole as strong,
         exists (select from pg_auth_members o join pg_roles r on r.oid = o.roleid
                  where o.member = m.oid and r.rolname = 'sunlot_owner') as owner
    from pg_roles m
   where m.rolcanlogin and not m.rolsuper
     and exists (select from pg_auth_members x join pg_roles r on r.oid = x.roleid
                  where x.member = m.oid and r.rolname in ('sunlot_app', 'sunlot_sequencer'))`

/** The manifest of a database, one line a guard, in byte order. */
export async function grantsManifest(sql: SqlRunner): Promise<string> {
  const lines: string[] = []
  for (const query of LINES) lines.push(...(await sql.query(query)).rows.map((row) => String(row['line'])))
  return `${[...new Set(lines)].toSorted((a, b) => (a < b ? -1 : 1)).join('\n')}\n`
}

/** The manifest of this version, as it was reviewed. */
export function committedManifest(): string {
  return readFileSync(projectPath('server', 'grants.manifest.txt'), 'utf8')
}

/** Compares the guards with a manifest. */
export async function checkGrants(sql: SqlRunner, manifest: string, findings: Findings): Promise<void> {
  const expected = new Set(manifest.trimEnd().split('\n'))
  const found = new Set((await grantsManifest(sql)).trimEnd().split('\n'))
  findings.count('guards', expected.size)
  for (const line of expected) if (!found.has(line)) findings.fault('guard_missing', line)
  for (const line of found) if (!expected.has(line)) findings.fault('guard_added', line)
  for (const { name, strong, owner } of (await sql.query(LOGINS)).rows)
    if (strong === true || owner === true) findings.fault('login_too_strong', String(name))
}
