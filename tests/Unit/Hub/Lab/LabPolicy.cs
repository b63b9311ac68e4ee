namespace EdgeHub.Tests.Unit.Hub.Lab;

/// <summary>Small policy books for tests: 390 residents, outpatient, every institution.</summary>
public static class LabPolicy
{
    private const string Header =
        "pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap";

    /// <summary>A yearly deductible of 100.00, then 60 %, at most 400.00 a year.</summary>
    public static readonly string Yearly = Of(1, "2024-12-20", "year", "100.00", "0.6", "", "400.00");

    /// <summary>The same from 10 March at 50 %.</summary>
    public static readonly string Lower = Of(2, "2025-03-10", "year", "100.00", "0.5", "", "400.00");

    /// <summary>No deductible, 60 %, at most 30.00 a day and 100.00 a year.</summary>
    public static readonly string Capped = Of(1, "2024-12-20", "none", "", "0.6", "30.00", "100.00");

    /// <summary>A yearly deductible of 100.00, then 60 %, at most 400.00 a year; catastrophic insurance pays half of what a year's own
    /// pay has above 200.00, assistance 40 % of what then remains above 300.00.</summary>
    public static readonly string Layered = LayeredOf(1, "2024-12-20", "0.6");

    public static string LayeredOf(int version, string knownFrom, string rate) => $$"""
        {"id":"layers","version":{{version}},"region":"530924","currency":"CNY","first":"2025-01-01","last":"2025-12-31","knownFrom":"{{knownFrom}}",
         "source":"sample","covers":[],"rows":["{{Header}},catastrophic_threshold,catastrophic_tiers,catastrophic_cap,assistance_threshold,assistance_rate,assistance_cap",
         "530924,,,,,,,,,,2025-01-01,2025-12-31,year,100.00,{{rate}},,400.00,200.00,*:0.5,,300.00,0.4,"]}
        """;

    public static string Of(int version, string knownFrom, string mode, string deductible, string rate, string dailyCap, string annualCap) => $$"""
        {"id":"test","version":{{version}},"region":"530924","currency":"CNY","first":"2025-01-01","last":"2025-12-31","knownFrom":"{{knownFrom}}",
         "source":"sample","covers":[],"rows":["{{Header}}","530924,,,,,,,,,,2025-01-01,2025-12-31,{{mode}},{{deductible}},{{rate}},{{dailyCap}},{{annualCap}}"]}
        """;
}
