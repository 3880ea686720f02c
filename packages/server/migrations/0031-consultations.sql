-- Consultations stand in the records that tell of them: what was said is read where it is kept, by exactly those
-- who may (shared_object). What follows is how it is found, and what a person has looked at.

-- What was said, newest first, and what came since somebody looked.
create index on shared_object (audience_id, created desc, id desc) where type = 'contribution';
create index on shared_object (audience_id, kept_at) where type = 'contribution';
create index on shared_object (audience_id, created) where type = 'translation';
-- The rooms that somebody is in.
create index on shared_object (created desc) where type = 'consultation';
-- When something of each organisation last came.
create index on network_record (audience_id, organisation, kept_at);

-- The same readers as before, with the claims read once for a statement and not once for each row: a room holds
-- thousands of these.
drop policy read on shared_object;
create policy read on shared_object for select using (
  (select claim_is_system())
  or (((select claim_uses_docket()) or (select claim_kind()) = 'node')
    and (organisation = (select claim_organisation())
      or ((select claim_organisation()) = any (audience)
        and not (select claim_organisation()) = any (excluded)))));
drop policy answered on shared_object;
create policy answered on shared_object as restrictive for select using (
  (select claim_is_system()) or organisation = (select claim_organisation())
  or organisation not in (select awaited_answer.organisation from awaited_answer));

-- When a person last looked at a consultation: their own, and nobody else's to see.
create table consultation_look (
  id uuid primary key,
  person uuid not null references person,
  consultation uuid not null,
  looked_at timestamptz not null,
  -- The version of the room that was seen, by the clock of whoever leads it.
  seen timestamptz not null,
  unique (person, consultation)
);
alter table consultation_look enable row level security;
alter table consultation_look force row level security;
create policy own on consultation_look for all using (claim_is_self(person)) with check (claim_is_self(person));
revoke delete on consultation_look from tocsin_app;
