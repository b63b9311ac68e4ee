-- A year's budget as it was loaded and computed, with its cited steps. A later load of the same year is a new version.
create table county_budget (
    region text not null,
    scheme_year bigint not null,
    version bigint not null,
    insured bigint not null,
    funding bigint not null check (funding = cast(funding as bigint)),
    city_extraction bigint not null,
    catastrophic_premium bigint not null,
    reserve_base bigint not null,
    reserve_extraction bigint not null,
    package bigint not null,
    private_pool bigint not null,
    lead_indicator bigint not null,
    primary_care_passes_from bigint not null,
    currency text not null,
    explained text not null,
    loaded_ms bigint not null,
    primary key (region, scheme_year, version)
);

create table county_indicator (
    region text not null,
    scheme_year bigint not null,
    version bigint not null,
    institution text not null,
    by_formula bigint not null,
    indicator bigint not null,
    primary key (region, scheme_year, version, institution)
);
