-- What members read on in, without passing over all that others wrote: there is no end of that.
create index on network_record (added_us) where received_from is null;
create index on network_record (added_us)
  where object_type in ('atrocity-alert', 'withdrawal', 'receipt');
