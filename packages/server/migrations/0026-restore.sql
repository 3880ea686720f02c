-- What a node that came back from a backup knows of itself: since when it waits for what it had said, and
-- which of its logs ended by that.

alter table awaited_answer add column began_at timestamptz not null default now();

-- The logs that ended: their last checkpoint that anybody could show, as it was signed.
create table ended_log (
  origin text primary key,
  organisation uuid not null references organisation,
  note text not null,
  ended_at timestamptz not null
);
create index on ended_log (organisation, ended_at);
alter table ended_log enable row level security;
alter table ended_log force row level security;
create policy read on ended_log for select using (true);
create policy make on ended_log for insert with check (claim_kind() = 'system');
revoke update, delete on ended_log from tocsin_app;

-- The tree of a log that ended makes way for that of the next.
grant delete on log_tile, log_checkpoint, log_cosignature to tocsin_app;
create policy remove on log_tile for delete using (claim_kind() = 'system');
create policy remove on log_checkpoint for delete using (claim_kind() = 'system');
create policy remove on log_cosignature for delete using (claim_kind() = 'system');

-- Another log of the same organisation has taken its place.
alter table known_log add column ended_at timestamptz;
