-- Fills ratios, quotas, class_quotas and pools from the manifests: what the commitment fixed and, for pps, how the
-- certificate shared n among the weight classes.
--
-- Variables: commit, certificate, the texts of commit.json and certificate.json:
--   set variable commit = (select content from read_text('commit.json'));
--   set variable certificate = (select content from read_text('certificate.json'));
-- Traps: this trusts the n of the commitment (design total) and of the certificate (design pps); checks `quota` and
--   `probabilities` of a verifier show that they follow from the design. selection-ratio.sql computes its n itself.
--   A path that is not there gives null, and null has no columns to unnest: coalesce makes it an empty array.

insert into ratios
select stratum, num, den, min
from (
  select unnest(
    from_json(
      coalesce(getvariable('commit')::json -> '$.design.ratios', '[]'),
      '[{"stratum":"VARCHAR","num":"BIGINT","den":"BIGINT","min":"BIGINT"}]'
    ),
    recursive := true
  )
);

insert into quotas
select code, n
from (
  select unnest(
    from_json(
      coalesce(getvariable('commit')::json -> '$.strata', '[]'),
      '[{"code":"VARCHAR","n":"BIGINT"}]'
    ),
    recursive := true
  )
)
where n is not null;

insert into class_quotas
select weight, n
from (
  select unnest(
    from_json(
      coalesce(getvariable('certificate')::json -> '$.classes', '[]'),
      '[{"weight":"BIGINT","n":"BIGINT"}]'
    ),
    recursive := true
  )
);

insert into pools
select authority, draw
from (
  select unnest(
    from_json(
      coalesce(getvariable('commit')::json -> '$.pools', '[]'),
      '[{"authority":"VARCHAR","draw":"BIGINT"}]'
    ),
    recursive := true
  )
);
