-- Lists in the order in which they are shown, so that what is read is what is seen.
create index on report (organisation, is_exercise, written_at, id);
drop index report_organisation_written_at_idx;
create index on matter (is_exercise, opened_at, id);
