import { openEmbedded } from '../../src/platform/database/engine.ts'
import { rmSync, fsyncSync } from 'node:fs'
const dir='/tmp/e2dir'
rmSync(dir,{recursive:true,force:true})
let n=0, failAt=Number(process.argv[2]??30)
const e = await openEmbedded({directory:dir, sync: (d)=>{ if(++n===failAt) throw Object.assign(new Error('EIO: i/o error, fsync'),{code:process.argv[3]??'EIO'}); fsyncSync(d)}})
process.on('exit',c=>console.log('exit',c))
process.on('uncaughtException',c=>console.log('uncaught',c))
process.on('unhandledRejection',c=>console.log('unhandled',c))
await e.pool.query('create table if not exists t(a bigint)')
let acked=0
for (let i=0;i<60;i++) { 
  const t=Date.now()
  try { 
    const c = await Promise.race([e.pool.connect(), new Promise((_,r)=>setTimeout(()=>r(new Error('HANG connect')),3000).unref())]) as any
    try { await c.query('begin'); await c.query('insert into t values ($1)',[i]);
    await Promise.race([c.query('commit'), new Promise((_,r)=>setTimeout(()=>r(new Error('HANG')),3000).unref())]); acked++; c.release() } catch(x) { c.release(x); throw x }
  } catch(x:any) { console.log(i,acked,x.message,x.code,Date.now()-t, e.durability.failure()?.message); if(i>40) break }
}
console.log('acked',acked)
await e.close().catch(x=>console.log('close',x.message))
console.log('closed')
const f = await openEmbedded({directory:dir})
console.log((await f.pool.query('select count(*),max(a) from t')).rows)
await f.close()
