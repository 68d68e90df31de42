import { openEmbedded } from '../../src/platform/database/engine.ts'
import { writeFileSync, rmSync, statfsSync } from 'node:fs'
const dir='/tmp/small/db'
rmSync(dir,{recursive:true,force:true}); rmSync('/tmp/small/fill',{force:true})
let e = await openEmbedded({directory:dir})
process.on('uncaughtException',c=>console.log('uncaught',c))
process.on('unhandledRejection',c=>console.log('unhandled',c))
await e.pool.query('create table if not exists t(a bigint, b text)')
await e.pool.query('insert into t values (0)')
const free=()=>{const s=statfsSync('/tmp/small'); return s.bavail*s.bsize}
console.log('free',free())
writeFileSync('/tmp/small/fill', Buffer.alloc(free()-Number(process.argv[2]??20000)))
let acked=1; let seen=new Map()
for (let i=1;i<6000;i++) { try { await e.pool.query(`insert into t values ($1,$2)`,[i,'x'.repeat(3000)+Math.random()]); acked++ } catch(x:any) { const k=`${x.severity} ${x.code} ${x.message} ${x.constructor.name}`; if(!seen.has(k)) console.log(i,acked,k); seen.set(k,(seen.get(k)??0)+1) ; if (seen.get(k)>5) break} }
console.log(acked, free(), seen, e.durability.failure())
console.log(await e.pool.query('select count(*) from t').then(r=>r.rows,x=>x.message))
await e.close().catch(x=>console.log('close',x.message))
console.log('closed', free())
await openEmbedded({directory:dir}).then(()=>console.log('opened??'),x=>console.log('refused',x.name,x.message,x))
rmSync('/tmp/small/fill')
const f = await openEmbedded({directory:dir})
console.log((await f.pool.query('select count(*),max(a) from t')).rows)
await f.close()
