-- Fills ratios, quotas, class_quotas and pools from the manifests: what the commitment fixed and, for pps, how the
-- certificate shared n among the weight classes.
--
-- Parameters: :commit, :certificate, the texts of commit.json and certificate.json. In psql:
--   \set commit `cat commit.json`
--   \set certificate `cat certificate.json`
-- Traps: this trusts the n of the commitment (design total) and of the certificate (design pps); checks `quota` and
--   `probabilities` of a verifier show that they follow from the design. selection-ratio.sql computes its n itself.

insert into ratios
select r.stratum, r.num, r.den, r.min
from jsonb_to_recordset(:'commit'::jsonb #> '{design,ratios}')
  as r (stratum text, num bigint, den bigint, min bigint);

insert into quotas
select s.code, s.n
from jsonb_to_recordset(:'commit'::jsonb -> 'strata') as s (code text, n bigint)
where s.n is not null;

insert into class_quotas
select c.weight, c.n
from jsonb_to_recordset(:'certificate'::jsonb -> 'classes') as c (weight bigint, n bigint);

insert into pools
select p.authority, p.draw
from jsonb_to_recordset(:'commit'::jsonb -> 'pools') as p (authority text, draw bigint);
