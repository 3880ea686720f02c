-- Dates that may set violence off, the feed of the calendar, and a docket that stays fast.

create table trigger_date (
  id uuid primary key,
  organisation uuid not null references organisation,
  matter uuid references matter,
  kind text not null,
  title text not null,
  from_day date not null,
  until_day date not null check (until_day >= from_day),
  country char(3),
  place text,
  lead_days int not null check (lead_days between 0 and 730),
  note text,
  changed_by uuid not null references person,
  changed_at timestamptz not null
);
create index on trigger_date (organisation, until_day);
alter table trigger_date enable row level security;
alter table trigger_date force row level security;
create policy read on trigger_date for select using (claim_reads_own(organisation));
create policy make on trigger_date for insert with check (claim_works_for(organisation));
create policy change on trigger_date for update using (claim_works_for(organisation));
create policy remove on trigger_date for delete using (claim_works_for(organisation));

-- What a calendar program signs in with: the node itself reads it, and nobody else.
create table calendar_feed (
  id uuid primary key,
  person uuid not null references person,
  password_hash char(64) not null,
  made_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create unique index on calendar_feed (person) where revoked_at is null;
alter table calendar_feed enable row level security;
alter table calendar_feed force row level security;
create policy node on calendar_feed for all using (claim_is_system()) with check (claim_is_system());

-- The same rules as before, asked so that the claims are read once for a statement and not for each
-- row, and so that what hangs on a matter is found by the matter's key.
drop policy read on matter;
create policy read on matter for select using (
  (select claim_kind()) = 'system'
  or ((select claim_uses_docket()) and (organisation = (select claim_organisation())
    or ((select claim_organisation()) = any (audience)
      and not (select claim_organisation()) = any (excluded)))));
drop policy read on report;
create policy read on report for select using (
  (select claim_kind()) = 'system'
  or ((select claim_uses_docket()) and organisation = (select claim_organisation())));
do $$
declare part text;
begin
  foreach part in array array['entry', 'notification', 'clock', 'clock_step']
  loop
    execute format('drop policy read on %I', part);
    execute format('create policy read on %1$I for select using (
      exists (select 1 from matter where matter.id = %1$I.matter))', part);
  end loop;
end $$;
drop policy read on warning;
create policy read on warning for select using (
  (select claim_kind()) = 'system'
  or ((select claim_uses_docket()) and organisation = (select claim_organisation()))
  or (state <> 'draft' and exists (select 1 from matter where matter.id = warning.matter)));

-- One's own open matters in the order of the docket; those that are shared with anybody at all.
drop index matter_organisation_due_at_idx;
create index on matter (organisation, is_exercise, due_at, id) where closed_at is null;
create index on matter (due_at) where closed_at is null and audience <> '{}';
create index on report (organisation, is_exercise) where matter is null;
create index on warning (organisation) where state = 'draft';
