-- What a digest told of stays noted as told, so that an article that is altered later is not told a second time.

alter table matches add column told integer not null default 0;
create index matches_untold on matches(subscription, arrival) where told = 0;   -- pending(), take()
