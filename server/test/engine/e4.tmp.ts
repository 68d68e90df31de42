import { openEmbedded } from '../../src/platform/database/engine.ts'
let e = await openEmbedded({memory:true})
process.on('uncaughtException',c=>console.log('uncaught',c))
await e.pool.query('create table u(a int primary key)')
for (let i=0;i<6;i++) console.log(await e.pool.query('insert into u values ($1)',[1]).then(r=>r.rowCount,x=>x.message))
const c=await e.pool.connect()
await c.query('begin'); console.log(await c.query('insert into u values ($1)',[1]).then(r=>r.rowCount,x=>x.message)); console.log(await c.query('select 1').then(r=>r.rowCount,x=>x.message));
c.release(new Error('x'))
console.log(await e.pool.query('insert into u values ($1)',[2]).then(r=>r.rowCount,x=>x.message))
for (let i=0;i<4;i++) console.log(await e.pool.query('insert into u values (1)').then(r=>r.rowCount,x=>x.message))
// pool release true mid-transaction
const d=await e.pool.connect(); await d.query('begin'); await d.query('insert into u values (7)'); d.release(true)
console.log(await e.pool.query('select * from u').then(r=>r.rows,x=>x.message))
// nested
const t=Date.now()
const f=await e.pool.connect(); await f.query('begin'); console.log(await e.pool.query('select 1').then(()=>'?',x=>x.message), Date.now()-t); await f.query('commit'); f.release()
console.log(await e.pool.query('select * from u').then(r=>r.rows,x=>x.message))
await e.close()
