-- Matters and their record, reports, warnings, notifications, clocks and the outbox. Each policy says
-- the same as a pure rule in packages/domain/src/docket-access.ts; access.test.ts compares the two.

create function claim_uses_docket() returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'person'
    and claim_roles() && array['focal-point', 'analyst', 'reader'] $$;
create function claim_in_audience(owner uuid, members uuid[], excluded uuid[]) returns boolean
  stable parallel safe language sql
  as $$ select claim_kind() = 'system' or (claim_uses_docket() and (owner = claim_organisation()
    or (claim_organisation() = any (members) and not claim_organisation() = any (excluded)))) $$;
create function claim_works_for(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'system' or (claim_kind() = 'person'
    and claim_roles() && array['focal-point', 'analyst'] and owner = claim_organisation()) $$;
create function claim_reads_own(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'system' or (claim_uses_docket() and owner = claim_organisation()) $$;

create table matter (
  id uuid primary key,
  organisation uuid not null references organisation,
  audience uuid[] not null,
  excluded uuid[] not null,
  year int not null,
  number int not null,
  title text not null,
  summary text not null,
  country char(3),
  place text,
  level int not null check (level between 0 and 5),
  confidence text,
  marking text not null,
  is_exercise boolean not null,
  stations jsonb not null default '{}',
  opened_at timestamptz not null,
  review_by timestamptz not null,
  -- When the first of its running clocks runs out: what the docket is sorted by.
  due_at timestamptz,
  due_kind text,
  closed_at timestamptz,
  -- The end of its record: locked by whoever appends, so that the chain never forks.
  head_seq int not null default 0,
  head_digest char(64),
  unique (organisation, year, number)
);
create index on matter (organisation, due_at) where closed_at is null;
create index on matter using gin (audience);
alter table matter enable row level security;
alter table matter force row level security;
create policy read on matter for select
  using (claim_in_audience(organisation, audience, excluded));
create policy make on matter for insert with check (claim_works_for(organisation));
create policy change on matter for update using (claim_works_for(organisation));

-- Asked of a matter's id: the policies above decide, also for everything that hangs on the matter.
create function claim_reads_matter(wanted uuid) returns boolean stable parallel safe language sql
  as $$ select exists (select 1 from matter where matter.id = wanted) $$;
create function claim_works_on(wanted uuid) returns boolean stable parallel safe language sql
  as $$ select exists (select 1 from matter
    where matter.id = wanted and claim_works_for(matter.organisation)) $$;

-- The record of a matter: signed statements in one chain, which are also what leaves for others.
create table entry (
  digest char(64) primary key,
  matter uuid not null references matter,
  seq int not null,
  kind text not null,
  at timestamptz not null,
  author jsonb not null,
  text text,
  facts jsonb not null,
  statement jsonb not null,
  unique (matter, seq)
);
create index on entry (at);

create table report (
  id uuid primary key,
  organisation uuid not null references organisation,
  matter uuid references matter,
  year int not null,
  number int not null,
  kind text not null,
  what text not null,
  from_day date not null,
  until_day date not null,
  country char(3),
  place text,
  place_precision text,
  groups text,
  harm jsonb not null,
  source_grade char(1) not null,
  information_grade char(1) not null,
  marking text not null,
  someone_at_risk boolean not null,
  is_exercise boolean not null,
  written_by uuid not null references person,
  written_at timestamptz not null,
  unique (organisation, year, number)
);
create index on report (organisation, written_at);
create index on report (matter);

create table warning (
  id uuid primary key,
  matter uuid not null references matter,
  organisation uuid not null references organisation,
  year int not null,
  number int not null,
  state text not null check (state in ('draft', 'sent', 'superseded', 'cancelled', 'expired')),
  draft jsonb not null,
  sha256 char(64) not null,
  replaces uuid references warning,
  written_by uuid not null references person,
  returned jsonb,
  saved_at timestamptz not null,
  sent_at timestamptz,
  expires_at timestamptz not null,
  unique (organisation, year, number)
);
create index on warning (matter);
create index on warning (expires_at) where state = 'sent';
-- What was sent stays as it was signed, whoever asks.
create function keep_sent_warning() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.draft, new.sha256, new.sent_at)
    is distinct from (old.draft, old.sha256, old.sent_at)
  then raise exception 'a warning that was sent cannot be changed';
  end if;
  return new;
end $$;
create trigger keep_sent_warning before update on warning
  for each row execute function keep_sent_warning();

create table warning_signature (
  id uuid primary key,
  warning uuid not null references warning,
  matter uuid not null references matter,
  person uuid not null references person,
  name text not null,
  office text,
  credential text not null,
  at timestamptz not null,
  unique (warning, person)
);

create table notification (
  id uuid primary key,
  warning uuid not null references warning,
  matter uuid not null references matter,
  post uuid not null,
  organisation uuid not null,
  authority text not null,
  office text not null,
  legal_basis text not null,
  state text not null,
  failure text,
  sent_at timestamptz,
  opened_at timestamptz,
  acknowledged_at timestamptz,
  acknowledgement jsonb,
  answered_at timestamptz,
  answer jsonb,
  acknowledge_by timestamptz not null,
  answer_by timestamptz,
  link_expires_at timestamptz not null,
  -- Wrong codes in a row; too many close the letter until somebody gives a new code.
  code_tries int not null default 0,
  foreign key (post, organisation) references post (id, organisation),
  unique (warning, post)
);
create index on notification (matter);

create table clock (
  id uuid primary key,
  matter uuid not null references matter,
  notification uuid references notification,
  kind text not null,
  level int not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  stopped_at timestamptz
);
create index on clock (matter) where stopped_at is null;

-- The rungs of the ladder, each told once: planned when the clock starts, never added to later.
create table clock_step (
  id uuid primary key,
  clock uuid not null references clock,
  matter uuid not null references matter,
  tell text not null,
  percent int not null,
  due_at timestamptz not null,
  done_at timestamptz,
  outcome text check (outcome in ('told', 'skipped', 'not-needed')),
  reason text,
  told_post uuid,
  check ((done_at is null) = (outcome is null))
);
create index on clock_step (due_at) where done_at is null;
create index on clock_step (clock);

-- The outbox: one row per notification, person, channel and step, so that none leaves twice.
create table delivery (
  id uuid primary key,
  matter uuid not null references matter,
  -- None for what is told of the matter itself: a review that is over time.
  notification uuid references notification,
  person uuid not null references person,
  channel text not null,
  step text not null,
  state text not null check (state in ('queued', 'handing-over', 'sent', 'delivered', 'failed')),
  attempts int not null default 0,
  next_at timestamptz not null,
  -- Until when a process may be handing it over; later, that process has ended.
  claimed_until timestamptz,
  -- Whether an earlier attempt may have arrived although nobody wrote it down.
  may_repeat boolean not null default false,
  reference text,
  reason text,
  made_at timestamptz not null,
  sent_at timestamptz,
  unique nulls not distinct (notification, person, channel, step)
);
create index on delivery (next_at) where state in ('queued', 'handing-over');
create index on delivery (matter);

do $$
declare part text;
begin
  foreach part in array array['entry', 'warning', 'warning_signature', 'notification', 'clock',
    'clock_step', 'delivery']
  loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy read on %I for select using (claim_reads_matter(matter))', part);
    execute format('create policy make on %I for insert with check (claim_works_on(matter))', part);
    execute format('create policy change on %I for update using (claim_works_on(matter))', part);
    execute format('revoke delete on %I from tocsin_app', part);
  end loop;
end $$;
-- A draft is its writers' own until it is sent, and who reaches whom is nobody else's to see.
create function claim_owns_matter(wanted uuid) returns boolean stable parallel safe language sql
  as $$ select exists (select 1 from matter
    where matter.id = wanted and claim_reads_own(matter.organisation)) $$;
drop policy read on warning;
create policy read on warning for select using (
  claim_reads_own(organisation) or (state <> 'draft' and claim_reads_matter(matter)));
drop policy read on warning_signature;
create policy read on warning_signature for select using (claim_owns_matter(matter));
drop policy read on delivery;
create policy read on delivery for select using (claim_owns_matter(matter));
revoke update on entry, warning_signature from tocsin_app;
-- A draft that changes is unsigned again.
grant delete on warning_signature to tocsin_app;
create policy remove on warning_signature for delete using (claim_works_on(matter));
revoke delete on matter from tocsin_app;

alter table report enable row level security;
alter table report force row level security;
create policy read on report for select using (claim_reads_own(organisation));
create policy make on report for insert with check (claim_works_for(organisation));
create policy change on report for update using (claim_works_for(organisation));
revoke delete on report from tocsin_app;

create table clock_setting (
  -- The organisation's own id: each has set them once, or not at all.
  id uuid primary key,
  organisation uuid not null references organisation,
  value jsonb not null,
  set_by uuid,
  set_at timestamptz not null
);
alter table clock_setting enable row level security;
alter table clock_setting force row level security;
create policy read on clock_setting for select using (claim_reads_own(organisation));
create policy make on clock_setting for insert with check (claim_works_for(organisation));
create policy change on clock_setting for update using (claim_works_for(organisation));
revoke delete on clock_setting from tocsin_app;

-- Where a person is reached: for the outbox, and for those who keep the list.
create table contact (
  id uuid primary key,
  person uuid not null references person,
  organisation uuid not null references organisation,
  channel text not null,
  address text not null,
  made_at timestamptz not null,
  unique (person, channel)
);
alter table contact enable row level security;
alter table contact force row level security;
create policy read on contact for select using (claim_manages(organisation));
create policy change on contact for all using (claim_manages(organisation))
  with check (claim_manages(organisation));

-- The keys by which organisations sign; the private halves lie in the node's folder.
create table organisation_key (
  id text primary key,
  organisation uuid not null references organisation,
  public_key text not null,
  made_at timestamptz not null
);
create index on organisation_key (organisation);
alter table organisation_key enable row level security;
alter table organisation_key force row level security;
create policy read on organisation_key for select using (true);
create policy make on organisation_key for insert with check (claim_works_for(organisation));
revoke update, delete on organisation_key from tocsin_app;

-- How many matters, reports and warnings an organisation has numbered in a year.
create table numbering (
  id text primary key,
  organisation uuid not null references organisation,
  last int not null
);
alter table numbering enable row level security;
alter table numbering force row level security;
create policy work on numbering for all using (claim_works_for(organisation))
  with check (claim_works_for(organisation));
revoke delete on numbering from tocsin_app;

-- When the clocks were last looked after: silence here is an alarm of its own.
create table heartbeat (
  id text primary key,
  beat_at timestamptz not null
);
alter table heartbeat enable row level security;
alter table heartbeat force row level security;
create policy read on heartbeat for select using (true);
create policy make on heartbeat for insert with check (claim_kind() = 'system');
create policy change on heartbeat for update using (claim_kind() = 'system');
revoke delete on heartbeat from tocsin_app;

-- Somebody who is told and answers needs no account.
alter table person alter column sign_in_name drop not null;
drop policy make on person;
create policy make on person for insert with check (
  claim_is_node() or (sign_in_name is null and claim_manages(organisation)));
