-- Who is followed: found when two people turn out to be one.

create index subscriptions_to_people on subscriptions(people) where people <> '[]';  -- followers.lead()
