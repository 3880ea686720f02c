-- Who saved a draft last, for whoever writes at the same time.
alter table warning add column saved_by uuid references person;
update warning set saved_by = written_by;
alter table warning alter column saved_by set not null;

-- A draft that nobody signs for is discarded; what was sent stays for ever.
grant delete on warning to tocsin_app;
create policy remove on warning for delete
  using (state = 'draft' and claim_works_on(matter));
