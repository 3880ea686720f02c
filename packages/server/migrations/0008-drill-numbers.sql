-- Drills are counted apart from real matters and reports, so that the first of each is number 1.
alter table matter drop constraint matter_organisation_year_number_key;
alter table matter add unique (organisation, year, is_exercise, number);
alter table report drop constraint report_organisation_year_number_key;
alter table report add unique (organisation, year, is_exercise, number);
