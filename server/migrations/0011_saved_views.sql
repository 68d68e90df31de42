-- Saved views: the filters of a list under a name of one's own.

create table platform.saved_view (
  id uuid primary key,
  person_id uuid not null,
  page text not null check (length(page) <= 200 and page ~ '^/([a-z0-9-]+(/[a-z0-9-]+)*)?$'),
  name text not null check (length(name) between 1 and 40 and name is nfc normalized),
  search text not null check (length(search) between 1 and 2000),
  removed_at timestamptz,
  version integer not null default 1
);
comment on table platform.saved_view is 'What a person looks for again and again. The filters may name people and firms: the trail has them as digests.';
comment on column platform.saved_view.search is 'The filters as the address of the page has them, sorted, without the question mark.';
create unique index saved_view_name on platform.saved_view (person_id, page, name) where removed_at is null;
grant select, insert, update (name, search, removed_at, version) on platform.saved_view to sunlot_app;

call audit.watch('platform.saved_view', '{id}', '{name,search}');
