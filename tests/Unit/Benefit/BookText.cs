using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Policy books as text, for tests of their reading.</summary>
internal static class BookText
{
    public const string Header =
        "pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap";

    public static string Of(params string[] rows) => With("[]", rows);

    public static string With(string covers, params string[] rows) => $$"""
        {"id":"test","version":1,"region":"530924","currency":"CNY","first":"2025-01-01","last":"2025-12-31","knownFrom":"2024-12-20",
         "source":"sample","covers":{{covers}},"rows":["{{Header}}",{{string.Join(',', rows.Select(row => $"\"{row}\""))}}]}
        """;

    /// <summary>A book of one row for any case of 530924, with what the row gives as "column=value", blanks between.</summary>
    public static string Giving(string cells)
    {
        var given = cells.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Split('=', 2)).ToDictionary(cell => cell[0], cell => cell[1]);
        var columns = PolicyColumns.Required.Concat(PolicyColumns.Optional).ToList();
        Assert.All(given.Keys, column => Assert.Contains(column, columns));
        var row = columns.Select(column => column == PolicyColumns.PoolingArea ? "530924" : given.GetValueOrDefault(column, ""));
        return Of(string.Join(',', row)).Replace(Header, string.Join(',', columns), StringComparison.Ordinal);
    }

    public static PolicyBook Loaded(string text) => Assert.IsType<PolicyBookReading.Loaded>(PolicyBookReader.Read(text)).Book;

    public static PolicyBookReading.Refused Refused(string text) => Assert.IsType<PolicyBookReading.Refused>(PolicyBookReader.Read(text));

    /// <summary>The repository's own file.</summary>
    public static string Repository(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeHub.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("EdgeHub.sln is in no folder above the tests."), path);
    }
}
