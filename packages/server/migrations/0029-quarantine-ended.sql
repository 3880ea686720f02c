-- What came too early is found again by what it is when it is taken after all.
create index on quarantined_record (digest)
  where reason in ('unknown-audience', 'unknown-key', 'over-quota');
