// A made-up register of subjects of any size, written by the server itself: ten provinces that do not exist (90 to 99), ten
// prefectures each with three counties of very different size, names as Chinese firms and shops have them.

import type pg from 'pg'
import { initialsOf } from '../server/src/registers/pinyin.ts'

const FIRSTS =
  '青长安永新东西南北江河湖海山林石金银玉龙凤云明光兴隆昌盛平和泰康宁福寿吉祥嘉庆顺通达利源丰盈华荣锦绣春夏秋冬天地人文武德仁义礼智信'
const SECONDS = '石阳安宁山川州城台岭河湾浦口林泉溪源海江'
const BRANDS = `${FIRSTS}${SECONDS}大小中正百千万宝鼎鑫森淼焱磊晶亿佳美好乐欢喜晨曦辰星月日雪雨风雷电火木水土草花果麦谷米茶酒香味鲜优良品质真诚实恒久远高博雅智慧创科技航宇腾飞翔鹏鹰虎马牛羊鹿鹤松柏竹梅兰菊荷𠮷㐂`
const TRADES =
  '餐饮管理,百货贸易,建筑工程,建材销售,信息技术,网络科技,物业服务,食品加工,农业发展,机械制造,汽车维修,医疗器械,教育咨询,文化传媒,运输,物流,电子商务,房地产开发,园林绿化,化工,纺织,服饰,家具,广告,旅游开发,商贸,投资,环保科技,装饰工程,劳务派遣'
const COMPANIES = '有限公司,有限公司,有限公司,有限责任公司,股份有限公司,有限公司分公司,合伙企业（有限合伙）'
const SHOPS =
  '便利店,餐馆,超市,服装店,理发店,小吃店,五金店,烟酒店,水果店,药店,汽修厂,面馆,快餐店,副食店,农资店,美容院,诊所,打字复印部,茶庄,家电维修部,K歌房,A级客栈'
const INDUSTRIES =
  'F5299,F5212,F5227,F5231,F5281,F5137,F5164,H6210,H6291,H6220,C1391,C3311,C2710,E4710,E4999,A0111,A0511,L7219,L7296,I6510,I6599,O8040,O8111,O8090,M7511,R8810,K7020,K7040,G5430,P8390'

/** Fills the register, `rows` over all counties; its indexes are made after. How long each of them took, in seconds. */
export async function fillRegister(
  client: pg.Client,
  rows: number,
): Promise<Readonly<Record<string, number>>> {
  await client.query(`select setseed(0.4)`)
  const seconds = await withoutIndexes(client, async () => {
    await client.query(VOCABULARY, [
      ...lists([...BRANDS]),
      ...lists(TRADES.split(',')),
      ...lists(COMPANIES.split(',')),
      ...lists(SHOPS.split(',')),
      INDUSTRIES.split(','),
    ])
    await client.query(PLACES, lists(placeNames()))
    for (let province = 90; province <= 99; province++)
      await client.query(SUBJECTS, [String(province), Math.round(rows / 10)])
    await client.query(
      `insert into registers.subject_identity (code, subject_id, division_code)
       select code, id, division_code from registers.subject order by code`,
    )
  })
  await client.query('alter index registers.subject_terms alter column 1 set statistics 1000')
  await client.query('vacuum analyze registers.subject')
  await client.query('vacuum analyze registers.subject_identity')
  await client.query('refresh materialized view registers.term_share')
  await client.query('refresh materialized view registers.term_place')
  return seconds
}

/** Fills subjects without triggers and makes their indexes afterwards. How long each of them took, in seconds. */
export async function withoutIndexes(
  client: pg.Client,
  fill: () => Promise<void>,
): Promise<Readonly<Record<string, number>>> {
  const { rows: indexes } = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes
      where schemaname = 'registers' and tablename = 'subject' and indexname <> 'subject_pkey'`,
  )
  await client.query(`set session_replication_role = replica`)
  for (const { name } of indexes) await client.query(`drop index registers.${name}`)
  await fill()
  await client.query(`set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2`)
  const seconds: Record<string, number> = {}
  for (const { name, made } of indexes) {
    const began = performance.now()
    await client.query(made)
    seconds[name] = Math.round((performance.now() - began) / 1000)
  }
  return seconds
}

/** Pieces of names, and their initials. */
function lists(pieces: readonly string[]): unknown[] {
  return [pieces, pieces.map((piece) => initialsOf(piece))]
}

/** 400 names of two characters: a hundred prefectures, then their counties. */
function placeNames(): readonly string[] {
  const names = new Set<string>()
  for (let n = 0; names.size < 400; n++)
    names.add([...FIRSTS][(n * 7) % FIRSTS.length]! + [...SECONDS][(n * 13 + Math.floor(n / 20)) % 20]!)
  return [...names]
}

const VOCABULARY = `
  create temp table vocabulary as select $1::text[] as brand, $2::text[] as brand_i, $3::text[] as trade, $4::text[] as trade_i,
    $5::text[] as company, $6::text[] as company_i, $7::text[] as shop, $8::text[] as shop_i, $9::text[] as industry`

// A county has between 0.2 and 5 times what another of its province has.
const PLACES = `
  create temp table place as
  select province::text || lpad(prefecture::text, 2, '0') || lpad(county::text, 2, '0') as code,
         province::text as province, ($1::text[])[p + 1] as city, ($2::text[])[p + 1] as city_i,
         ($1::text[])[100 + p * 3 + county] as town, ($2::text[])[100 + p * 3 + county] as town_i,
         exp(random() * 3.2) as weight,
         array[gen_random_uuid(), gen_random_uuid(), gen_random_uuid()] as authorities
    from generate_series(90, 99) province, generate_series(1, 10) prefecture, generate_series(1, 3) county,
         lateral (select ((province - 90) * 10 + prefecture - 1)::int as p) numbered`

// In the order of the lists, as CLUSTER leaves them, and an import that sorts what it applies.
const SUBJECTS = `
  insert into registers.subject (id, division_code, code, code_kind, name, initials, kind, entity_type, registered_type,
    legal_representative, registered_address, business_scope, established_on, registration_state, division_basis,
    industry_code, credit_class, risk_grade, tags, pools, flags, authority_ids, entered_on, left_on)
  select gen_random_uuid(), s.code, s.id_code, 'uscc',
         case when firm then city || case when n % 3 = 0 then '市' else '' end || word || v.trade[t] || v.company[c]
              else town || case when n % 2 = 0 then '县' else '' end || word || v.shop[h] end,
         case when firm then city_i || case when n % 3 = 0 then 's' else '' end || word_i || v.trade_i[t] || v.company_i[c]
              else town_i || case when n % 2 = 0 then 'x' else '' end || word_i || v.shop_i[h] end,
         case when firm then 'LEGAL_PERSON' else 'UNINCORPORATED' end,
         case when not firm then 'individualBusiness' when n % 29 = 0 then 'farmersCooperative' else 'enterprise' end,
         case when firm then '有限责任公司(自然人投资或控股)' else '个体工商户' end,
         v.brand[b1] || v.brand[b3] || v.brand[b2],
         town || '县' || v.brand[b2] || v.brand[b1] || '街道' || v.brand[b3] || '路' || (n % 900) || '号',
         repeat(v.trade[t] || '；' || v.trade[1 + n % 30] || '（依法须经批准的项目，经相关部门批准后方可开展经营活动）', 1 + (n % 4)::int),
         date '2000-01-01' + (n % 9000)::int,
         case when r5 < 0.03 then 'revoked' when r5 < 0.08 then 'suspended' else 'active' end, 'premises',
         v.industry[1 + floor(power(r1, 2) * 30)::int],
         case when r2 < 0.65 then 'A' when r2 < 0.90 then 'B' when r2 < 0.98 then 'C' when r2 < 0.995 then 'D' end,
         case when r3 < 0.3 then '低' when r3 < 0.35 then '高' end,
         case when r4 < 0.015 then array['abnormalOperation'] when r4 < 0.02 then array['abnormalOperation', 'complaints'] else '{}' end,
         case when r3 > 0.99 then array['foodSafety'] else '{}' end,
         case when r1 > 0.98 then array['countyFromCode'] else '{}' end,
         case when r3 < 0.4 then authorities[1:3] else authorities[1:2] end,
         date '2026-01-01', case when r5 > 0.96 then date '2026-06-01' end
    from (select d.*, n, random() < 0.4 as firm,
                 case when n % 3 = 0 then '93' when n % 2 = 0 then '92' else '91' end
                   || case when n % 10 = 0 then left(d.code, 4) || '00' else d.code end || 'MA' || lpad(to_hex(n), 7, '0') || 'X' as id_code,
                 1 + floor(random() * 30)::int as t, 1 + floor(random() * 7)::int as c, 1 + floor(random() * 22)::int as h,
                 1 + floor(power(random(), 1.6) * 170)::int as b1, 1 + floor(power(random(), 1.6) * 170)::int as b2,
                 1 + floor(random() * 170)::int as b3,
                 random() as r1, random() as r2, random() as r3, random() as r4, random() as r5
            from (select p.*, sum(weight) over (order by code) / sum(weight) over () as upto,
                         (sum(weight) over (order by code) - weight) / sum(weight) over () as since
                    from place p where province = $1) d,
                 lateral (select generate_series(floor(since * $2)::int, floor(upto * $2)::int - 1) as n) numbers) s
    cross join vocabulary v
    cross join lateral (select upper(v.brand[b1] || v.brand[b2] || case when n % 4 = 0 then v.brand[b3] else '' end) as word,
                               v.brand_i[b1] || v.brand_i[b2] || case when n % 4 = 0 then v.brand_i[b3] else '' end as word_i) w
   order by s.code, s.id_code`
